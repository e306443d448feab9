import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { clsx } from 'clsx';
import {
  AtSign,
  BellOff,
  CheckCheck,
  Layers,
  MessageSquareReply,
  Settings2,
  TicketPlus,
  UserRoundCheck,
} from 'lucide-react';
import type { Notification } from '../api/desk-types.js';
import { notificationsQuery, useReading } from '../features/notifications/queries.js';
import { useText } from '../messages/intl.js';
import { Button, buttonClass } from '../ui/button.js';
import { LoadMore } from '../ui/load-more.js';
import { Page, rowSkeleton } from '../ui/page.js';
import { EmptyState, Failure, Skeleton } from '../ui/states.js';
import { Time } from '../ui/time.js';

/** What a person was told: mentions, and tickets that they were given. */
export function NotificationsRoute() {
  const t = useText();
  const query = useInfiniteQuery(notificationsQuery);
  const { mutate: read, isPending } = useReading();
  const all = query.data?.pages.flatMap(({ data }) => data) ?? [];
  const unread = query.data?.pages[0]?.unread ?? 0;
  return (
    <Page
      title={t('notifications.title')}
      intro={t('notifications.intro')}
      actions={
        <div className="flex flex-wrap gap-2">
          {unread > 0 && (
            <Button disabled={isPending} onClick={() => read(undefined)}>
              <CheckCheck size={14} aria-hidden />
              {t('notifications.readAll')}
            </Button>
          )}
          <Link to="/settings/notifications" className={buttonClass()}>
            <Settings2 size={14} aria-hidden />
            {t('notifications.choose')}
          </Link>
        </div>
      }
    >
      {query.isPending && <Skeleton rows={5}>{rowSkeleton}</Skeleton>}
      {query.isError && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && all.length === 0 && (
        <EmptyState
          icon={BellOff}
          title={t('notifications.none')}
          body={t('notifications.noneBody')}
        />
      )}
      {all.length > 0 && (
        <ul aria-label={t('notifications.title')}>
          {all.map((one) => (
            <Told key={one.id} told={one} onOpen={() => !one.readAt && read(one.id)} />
          ))}
        </ul>
      )}
      <LoadMore query={query} />
    </Page>
  );
}

const icons = {
  mentioned: AtSign,
  assigned: UserRoundCheck,
  customer_replied: MessageSquareReply,
  ticket_created: TicketPlus,
  suppressed: Layers,
};

const rowClass = 'flex items-center gap-3 rounded-sm px-2 py-3 -outline-offset-2 hover:bg-hover';

function Told({ told, onOpen }: { told: Notification; onOpen: () => void }) {
  const { ticket } = told;
  const content = <ToldContent told={told} />;
  return (
    <li className="border-b border-line">
      {ticket ? (
        <Link
          to="/tickets/$ticketId"
          params={{ ticketId: ticket.id }}
          search={{ status: 'open' }}
          onClick={onOpen}
          className={rowClass}
        >
          {content}
        </Link>
      ) : (
        <Link to="/tickets" search={{ status: 'open' }} onClick={onOpen} className={rowClass}>
          {content}
        </Link>
      )}
    </li>
  );
}

function ToldContent({ told: { kind, ticket, ...told } }: { told: Notification }) {
  const t = useText();
  const Icon = icons[kind] ?? AtSign;
  const isNew = told.readAt === null;
  const isOfCustomer = kind === 'customer_replied' || kind === 'ticket_created';
  const nobody = t(isOfCustomer ? 'notifications.aCustomer' : 'author.system');
  return (
    <>
      <Icon
        size={16}
        className={clsx('shrink-0', isNew ? 'text-accent-text' : 'text-subtle')}
        aria-hidden
      />
      <span className="min-w-0 flex-1">
        <span className={clsx('block text-sm', isNew ? 'font-medium' : 'text-muted')}>
          {t(`notifications.${kind}`, { name: told.actorName ?? nobody, count: told.count })}
        </span>
        <span className="block truncate text-xs text-muted">
          {ticket ? (
            <bdi>{t('ticket.title', { number: ticket.number, subject: ticket.subject })}</bdi>
          ) : (
            t('notifications.suppressedBody')
          )}
        </span>
      </span>
      <Time at={told.latestAt} className="shrink-0 text-xs text-subtle" />
      {isNew && (
        <span
          role="img"
          aria-label={t('notifications.new')}
          className="size-2 rounded-full bg-accent"
        />
      )}
    </>
  );
}
