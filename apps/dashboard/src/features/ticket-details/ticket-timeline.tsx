import { useInfiniteQuery } from '@tanstack/react-query';
import type { MessageKey } from '../../messages/catalog.js';
import { useText } from '../../messages/intl.js';
import { LoadMore } from '../../ui/load-more.js';
import { Failure, Skeleton } from '../../ui/states.js';
import { Time } from '../../ui/time.js';
import { useValueWords } from '../ticket-dialogs/value-words.js';
import { timelineQuery } from '../tickets/ticket-queries.js';
import type { TimelineEntry } from '../tickets/ticket-types.js';

const words: Record<string, MessageKey> = {
  'ticket.created': 'timeline.created',
  'ticket.message_received': 'timeline.received',
  'ticket.replied': 'timeline.replied',
  'ticket.noted': 'timeline.noted',
  'ticket.closed': 'timeline.closed',
  'ticket.reopened': 'timeline.reopened',
  'ticket.assigned': 'timeline.assigned',
  'ticket.unassigned': 'timeline.unassigned',
  'ticket.released': 'timeline.unassigned',
  'ticket.changed': 'timeline.changed',
  'ticket.updated': 'timeline.changed',
  'ticket.snoozed': 'timeline.snoozed',
  'ticket.unsnoozed': 'timeline.woken',
  'ticket.woken': 'timeline.woken',
  'ticket.linked': 'timeline.linked',
  'ticket.unlinked': 'timeline.unlinked',
  'ticket.draft_suggested': 'timeline.draftSuggested',
  'ticket.merged': 'timeline.merged',
  'ticket.unmerged': 'timeline.unmerged',
  'ticket.split': 'timeline.split',
  'mail.sent': 'timeline.mailSent',
  'mail.failed': 'timeline.mailFailed',
};

/** Everything that happened to a ticket, the newest first. */
export function TicketTimeline({ ticketId }: { ticketId: string }) {
  const t = useText();
  const query = useInfiniteQuery(timelineQuery(ticketId));
  const entries = query.data?.pages.flatMap(({ data }) => data) ?? [];
  if (query.isPending) {
    return <Skeleton rows={6}>{() => <div className="skeleton my-3 h-3 w-4/5" />}</Skeleton>;
  }
  if (query.isError && entries.length === 0) {
    return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  }
  return (
    <>
      <ol aria-label={t('timeline.title')} className="flex flex-col">
        {entries.map((entry) => (
          <Entry key={entry.seq} entry={entry} />
        ))}
      </ol>
      <LoadMore query={query} />
    </>
  );
}

interface Change {
  before: unknown;
  after: unknown;
}

/** The ledger says a change as a pair, or as an object of both. */
function pairOf(change: unknown): Change | null {
  if (Array.isArray(change) && change.length === 2) {
    return { before: change[0], after: change[1] };
  }
  if (change && typeof change === 'object') {
    const { before, after, from, to } = change as Record<string, unknown>;
    return { before: before ?? from, after: after ?? to };
  }
  return null;
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const t = useText();
  const { nameOf, valueOf } = useValueWords();
  const key = words[entry.type];
  const changes = Object.entries(entry.changes ?? {}).flatMap(([field, change]) => {
    const pair = pairOf(change);
    return pair ? [{ field, ...pair }] : [];
  });
  const actor =
    entry.actor.name ?? (entry.actor.type === 'api_key' ? t('author.api_key') : t('author.system'));
  return (
    <li className="relative flex gap-3 pb-4 last:pb-0">
      <span aria-hidden="true" className="mt-1.5 flex flex-col items-center">
        <span className="size-2 shrink-0 rounded-full border border-edge bg-surface" />
        <span className="w-px flex-1 bg-line" />
      </span>
      <div className="min-w-0 flex-1 text-xs">
        <p>
          <bdi className="font-medium">{actor}</bdi>{' '}
          <span className="text-muted">{key ? t(key) : entry.type}</span>
        </p>
        {changes.length > 0 && (
          <ul className="mt-0.5 text-muted">
            {changes.map(({ field, before, after }) => (
              <li key={field} className="break-words">
                {t('timeline.change', {
                  field: nameOf(field),
                  before: valueOf(field, before),
                  after: valueOf(field, after),
                })}
              </li>
            ))}
          </ul>
        )}
        <Time at={entry.occurredAt} className="text-subtle" />
      </div>
    </li>
  );
}
