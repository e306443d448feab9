/** The orders of a list of tickets, for other rooms' input too. */
export { TICKET_SORTS, type TicketSort } from '../ticket-terms.js';
