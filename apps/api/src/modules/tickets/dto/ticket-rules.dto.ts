/** What a ticket can be set to, for other rooms' input too. */
export {
  SETTABLE_STATUSES,
  TICKET_PRIORITIES,
  TICKET_TYPES,
  type TicketPriority,
  type TicketStatus,
  type TicketType,
} from '../ticket-terms.js';
export { AreTags } from './field-rules.js';
