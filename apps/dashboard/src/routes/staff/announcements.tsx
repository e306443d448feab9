import { useInfiniteQuery } from '@tanstack/react-query';
import { Megaphone } from 'lucide-react';
import { useState } from 'react';
import { AnnounceDialog } from '../../features/staff/announce-dialog.js';
import { StaffList } from '../../features/staff/list.js';
import { announcementsQuery, withdraw } from '../../features/staff/member-queries.js';
import { useMay, useStaffChange } from '../../features/staff/queries.js';
import { useStaffAttempt } from '../../features/staff/refusals.js';
import type { StaffAnnouncement } from '../../features/staff/types.js';
import { useIntl, useText } from '../../messages/intl.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Page } from '../../ui/page.js';
import { Time } from '../../ui/time.js';

/** What is told to the people of every organization. */
export function StaffAnnouncementsRoute() {
  const t = useText();
  const mayTell = useMay('announcements:write');
  const query = useInfiniteQuery(announcementsQuery);
  const [isWriting, setWriting] = useState(false);
  return (
    <Page
      title={t('staff.announcements')}
      intro={t('staff.announcements.intro')}
      actions={
        mayTell && (
          <Button variant="primary" onClick={() => setWriting(true)}>
            <Megaphone size={15} aria-hidden />
            {t('staff.announcements.make')}
          </Button>
        )
      }
    >
      <StaffList
        query={query}
        label={t('staff.announcements')}
        empty={{ icon: Megaphone, title: t('staff.announcements.empty') }}
      >
        {(announcement) => <Row key={announcement.id} announcement={announcement} />}
      </StaffList>
      {isWriting && <AnnounceDialog onClose={() => setWriting(false)} />}
    </Page>
  );
}

type Standing = 'withdrawn' | 'over' | 'later' | 'now';
const tones = { withdrawn: 'plain', over: 'plain', later: 'warn', now: 'good' } as const;

function standingOf({ withdrawnAt, startsAt, endsAt }: StaffAnnouncement): Standing {
  const now = Date.now();
  if (withdrawnAt) return 'withdrawn';
  if (endsAt && new Date(endsAt).getTime() <= now) return 'over';
  return new Date(startsAt).getTime() > now ? 'later' : 'now';
}

function Row({ announcement }: { announcement: StaffAnnouncement }) {
  const { t, language } = useIntl();
  const mayTell = useMay('announcements:write');
  const attempt = useStaffAttempt();
  const end = useStaffChange(withdraw);
  const { id, tone, staffName, startsAt, endsAt } = announcement;
  const words = (language === 'ar' && announcement.arabic) || announcement;
  const standing = standingOf(announcement);
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 border-b border-line py-3">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
          <bdi className="break-words">{words.title}</bdi>
          <Badge tone={tones[standing]}>{t(`staff.announcements.${standing}`)}</Badge>
          {tone === 'warning' && <Badge tone="bad">{t('staff.announcements.warning')}</Badge>}
        </p>
        <p className="mt-0.5 text-sm break-words">
          <bdi>{words.text}</bdi>
        </p>
        <p className="mt-0.5 text-xs text-subtle">
          <bdi>{staffName}</bdi>
          {' · '}
          {t('staff.announcements.from')} <Time at={startsAt} />
          {endsAt && (
            <>
              {' · '}
              {t('staff.announcements.until')} <Time at={endsAt} />
            </>
          )}
        </p>
      </div>
      {mayTell && (standing === 'now' || standing === 'later') && (
        <Button
          disabled={end.isPending}
          onClick={() =>
            void attempt(() => end.mutateAsync(id), t('staff.announcements.withdrawnDone'))
          }
        >
          {t('staff.announcements.withdraw')}
          <span className="sr-only">{words.title}</span>
        </Button>
      )}
    </li>
  );
}
