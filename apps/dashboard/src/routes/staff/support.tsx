import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { LifeBuoy } from 'lucide-react';
import { useState } from 'react';
import { scopeKey } from '../../features/staff/ask-dialog.js';
import { StaffList } from '../../features/staff/list.js';
import { useMay, useStaff, useStaffChange } from '../../features/staff/queries.js';
import { useStaffAttempt } from '../../features/staff/refusals.js';
import { accessesQuery, breakGlass, giveBack } from '../../features/staff/support-queries.js';
import type { AskedAccess } from '../../features/staff/types.js';
import type { MessageKey } from '../../messages/catalog.js';
import { useText } from '../../messages/intl.js';
import { Badge } from '../../ui/badge.js';
import { Button, buttonClass } from '../../ui/button.js';
import { Confirm } from '../../ui/confirm.js';
import { notify } from '../../ui/notices.js';
import { Page } from '../../ui/page.js';
import { Time } from '../../ui/time.js';

/** What the staff asked organizations for, and what became of it. */
export function StaffSupportRoute() {
  const t = useText();
  const query = useInfiniteQuery({ ...accessesQuery, refetchOnMount: 'always' });
  return (
    <Page title={t('staff.support')} intro={t('staff.support.intro')}>
      <StaffList
        query={query}
        label={t('staff.support')}
        empty={{
          icon: LifeBuoy,
          title: t('staff.support.empty'),
          body: t('staff.support.emptyBody'),
        }}
      >
        {(access) => <Row key={access.id} access={access} />}
      </StaffList>
    </Page>
  );
}

const tones: Record<string, 'warn' | 'good' | 'plain'> = {
  asked: 'warn',
  granted: 'good',
  ended: 'plain',
};

function Row({ access }: { access: AskedAccess }) {
  const t = useText();
  const me = useStaff();
  const { status, staffName, reason, createdAt, expiresAt, endedAt, organizationName } = access;
  const said = status === 'ended' ? (access.endedBecause ?? 'ended') : status;
  const over = status === 'ended' ? (endedAt ?? expiresAt) : expiresAt;
  const isMine = me?.id === access.staffId;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-3 border-b border-line py-4">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
          <Link
            to="/staff/organizations/$organizationId"
            params={{ organizationId: access.organizationId }}
            className="break-words underline decoration-line underline-offset-2 hover:decoration-current"
          >
            <bdi>{organizationName}</bdi>
          </Link>
          <Badge tone={tones[status] ?? 'plain'}>{t(statusKey(said))}</Badge>
          {access.isForced && <Badge tone="bad">{t('staff.support.forced')}</Badge>}
          {status === 'asked' && access.firstOperatorId && (
            <Badge tone="bad">{t('staff.support.oneOfTwo')}</Badge>
          )}
        </p>
        <p className="mt-1 text-sm break-words">
          <bdi>{reason}</bdi>
        </p>
        <p className="mt-1 text-xs text-muted">
          <bdi>{staffName}</bdi>
          {' · '}
          {access.scopes.map((scope) => t(scopeKey(scope))).join(' · ')}
        </p>
        <p className="mt-1 text-xs text-subtle">
          {t('support.asked')} <Time at={createdAt} />
          {over ? (
            <>
              {' · '}
              {t(status === 'ended' ? 'support.ended' : 'support.ends')} <Time at={over} />
            </>
          ) : (
            ` · ${t('support.hoursOption', { hours: access.hours })}`
          )}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        {status === 'granted' && isMine && (
          <Link
            to="/staff/looks/$accessId"
            params={{ accessId: access.id }}
            className={buttonClass('primary')}
          >
            {t('staff.support.look')}
            <span className="sr-only">{organizationName}</span>
          </Link>
        )}
        {status === 'asked' && <BreakGlass access={access} />}
        {status !== 'ended' && isMine && <GiveBack access={access} />}
      </div>
    </li>
  );
}

function statusKey(said: string): MessageKey {
  return (
    said === 'asked' || said === 'granted'
      ? `staff.support.${said}Status`
      : `support.status.${said}`
  ) as MessageKey;
}

function GiveBack({ access: { id, organizationName, status } }: { access: AskedAccess }) {
  const t = useText();
  const attempt = useStaffAttempt();
  const end = useStaffChange(giveBack);
  return (
    <Button
      disabled={end.isPending}
      onClick={() => void attempt(() => end.mutateAsync(id), t('staff.support.over'))}
    >
      {t(status === 'asked' ? 'staff.support.withdraw' : 'staff.support.giveBack')}
      <span className="sr-only">{organizationName}</span>
    </Button>
  );
}

/** The word of one operator of two. */
function BreakGlass({ access }: { access: AskedAccess }) {
  const t = useText();
  const me = useStaff();
  const mayBreak = useMay('support_access:break_glass');
  const attempt = useStaffAttempt();
  const force = useStaffChange(breakGlass);
  const [isAsking, setAsking] = useState(false);
  const { id, organizationName, staffName, firstOperatorId } = access;
  if (!mayBreak || firstOperatorId === me?.id) return null;
  const names = { organization: organizationName, name: staffName };
  const agree = () =>
    void attempt(async () => {
      const { status } = await force.mutateAsync(id);
      notify({
        tone: 'done',
        title: t(status === 'granted' ? 'staff.glass.broken' : 'staff.glass.wanted', names),
      });
    });
  return (
    <>
      <Button variant="danger" disabled={force.isPending} onClick={() => setAsking(true)}>
        {t('staff.glass.break')}
        <span className="sr-only">{organizationName}</span>
      </Button>
      <Confirm
        open={isAsking}
        onOpenChange={setAsking}
        title={t('staff.glass.title', names)}
        body={t(firstOperatorId ? 'staff.glass.second' : 'staff.glass.first', names)}
        action={t('staff.glass.break')}
        onConfirm={agree}
      />
    </>
  );
}
