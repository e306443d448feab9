import { Link } from '@tanstack/react-router';
import { Bell as BellIcon } from 'lucide-react';
import { useText } from '../../messages/intl.js';
import { Tooltip } from '../../ui/tooltip.js';
import { useUnread } from './queries.js';

/** The way to what one was told, with how much of it is new. */
export default function Bell() {
  const t = useText();
  const unread = useUnread();
  return (
    <Tooltip label={t('notifications.title')} shortcut="goNotifications">
      <Link
        to="/notifications"
        aria-label={t('notifications.bell', { count: unread })}
        className="relative inline-flex size-8 shrink-0 items-center justify-center rounded-lg text-muted hover:bg-hover hover:text-text"
      >
        <BellIcon size={16} aria-hidden />
        {unread > 0 && (
          <span
            aria-hidden="true"
            className="absolute end-0.5 top-0.5 flex h-4 min-w-4 items-center justify-center rounded-full bg-accent px-1 text-[10px] font-semibold text-on-accent tabular-nums"
          >
            {unread > 99 ? '99+' : unread}
          </span>
        )}
      </Link>
    </Tooltip>
  );
}
