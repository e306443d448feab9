import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useText } from '../../messages/intl.js';
import { LoadMore } from '../../ui/load-more.js';
import { rowSkeleton } from '../../ui/page.js';
import { Section } from '../../ui/section.js';
import { Failure, Skeleton } from '../../ui/states.js';
import { Time } from '../../ui/time.js';
import { StatusIcon } from '../tickets/status.js';
import { ticketsOfQuery } from './queries.js';

/** Everything that a customer or a company has asked, the newest first. */
export function TicketHistory({
  of,
}: {
  of: { requesterId?: string | undefined; companyId?: string | undefined };
}) {
  const t = useText();
  const query = useInfiniteQuery(ticketsOfQuery(of));
  const tickets = query.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Section title={t('customers.tickets')}>
      {query.isPending && <Skeleton rows={3}>{rowSkeleton}</Skeleton>}
      {query.isError && tickets.length === 0 && (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && tickets.length === 0 && (
        <p className="text-sm text-muted">{t('customers.noTickets')}</p>
      )}
      {tickets.length > 0 && (
        <ul aria-label={t('customers.tickets')} className="border-t border-line">
          {tickets.map((ticket) => (
            <li key={ticket.id} className="border-b border-line">
              <Link
                to="/tickets/$ticketId"
                params={{ ticketId: ticket.id }}
                search={{}}
                className="flex min-h-11 items-center gap-3 rounded-lg px-1 py-1.5 hover:bg-hover"
              >
                <StatusIcon status={ticket.status} labelled />
                <span className="w-14 shrink-0 text-xs text-subtle tabular-nums" dir="ltr">
                  #{ticket.number}
                </span>
                <bdi className="min-w-0 flex-1 truncate text-sm">{ticket.subject}</bdi>
                <Time at={ticket.createdAt} className="shrink-0 text-xs text-subtle" />
              </Link>
            </li>
          ))}
        </ul>
      )}
      <LoadMore query={query} />
    </Section>
  );
}
