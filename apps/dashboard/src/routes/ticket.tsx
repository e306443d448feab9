import { useParams } from '@tanstack/react-router';
import { useTicketReading } from '../features/notifications/queries.js';
import { TicketView } from '../features/tickets/ticket-view.js';
import { useTicketSearch } from '../features/tickets/use-ticket-search.js';

/** One ticket; another one starts from scratch, so that no draft or scroll position carries over. */
export function TicketRoute() {
  const { ticketId } = useParams({ from: '/desk/tickets/$ticketId' });
  const search = useTicketSearch();
  useTicketReading(ticketId);
  return <TicketView key={ticketId} ticketId={ticketId} search={search} />;
}
