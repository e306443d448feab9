import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { Eye, Megaphone, X } from 'lucide-react';
import { useState } from 'react';
import type { Announcement } from '../../api/types.js';
import { useIntl } from '../../messages/intl.js';
import { buttonClass } from '../../ui/button.js';
import { useCan } from '../auth/queries.js';
import { announcementsQuery, currentSupportQuery } from './queries.js';

const storageKey = 'manydesk.closed-announcements';
/** More are not remembered: those that were closed first are over by then. */
const mostRemembered = 50;
const bar =
  'flex flex-wrap items-center justify-center gap-x-3 gap-y-1 border-b border-line px-4 py-2 text-sm';

/** Above the desk: who of those who run it may look, and what they tell everybody. */
export default function News() {
  return (
    <>
      <SupportBanner />
      <Announcements />
    </>
  );
}

/** Stays for as long as somebody may look: it cannot be closed, only ended. */
function SupportBanner() {
  const { t, language } = useIntl();
  const grants = useCan('support_access:grant');
  const until = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const current = useQuery(currentSupportQuery).data ?? [];
  if (current.length === 0) return null;
  return (
    <div role="status" className={clsx(bar, 'bg-note')}>
      <div className="flex min-w-0 items-start gap-2">
        <Eye size={16} className="mt-0.5 shrink-0 text-muted" aria-hidden />
        <div className="min-w-0">
          {current.map(({ id, staffName, expiresAt }) => (
            <p key={id}>
              {t('support.banner', { name: staffName, time: until.format(new Date(expiresAt)) })}
            </p>
          ))}
        </div>
      </div>
      {grants && (
        <Link to="/settings/support-access" className={buttonClass()}>
          {t('support.bannerOpen')}
        </Link>
      )}
    </div>
  );
}

function Announcements() {
  const announcements = useQuery(announcementsQuery).data ?? [];
  const [closed, setClosed] = useState(readClosed);
  const close = (id: string) => {
    const next = [id, ...closed].slice(0, mostRemembered);
    setClosed(next);
    localStorage.setItem(storageKey, JSON.stringify(next));
  };
  return announcements
    .filter(({ id }) => !closed.includes(id))
    .map((each) => <Told key={each.id} announcement={each} onClose={() => close(each.id)} />);
}

function Told({ announcement, onClose }: { announcement: Announcement; onClose: () => void }) {
  const { t, language } = useIntl();
  const words = (language === 'ar' && announcement.arabic) || announcement;
  return (
    <section
      aria-label={t('announcement.label')}
      className={clsx(bar, announcement.tone === 'warning' ? 'bg-danger-ground' : 'bg-raised')}
    >
      <Megaphone size={16} className="shrink-0 text-muted" aria-hidden />
      <p className="max-w-200 min-w-0 flex-1 break-words">
        <bdi className="font-medium">{words.title}</bdi> <bdi>{words.text}</bdi>
      </p>
      <button
        type="button"
        aria-label={t('announcement.close', { title: words.title })}
        onClick={onClose}
        className="flex size-8 shrink-0 items-center justify-center rounded-lg text-muted hover:bg-hover hover:text-text"
      >
        <X size={16} aria-hidden />
      </button>
    </section>
  );
}

function readClosed(): string[] {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(saved) ? saved.filter((id) => typeof id === 'string') : [];
  } catch {
    // Something else wrote there: what was closed is shown once more.
    return [];
  }
}
