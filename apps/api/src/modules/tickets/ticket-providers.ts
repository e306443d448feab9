import { NewTickets } from './new-tickets.service.js';
import { TicketAllowance } from './ticket-allowance.service.js';
import { TicketIntake } from './ticket-intake.service.js';
import { TicketLifecycle } from './ticket-lifecycle.service.js';
import { TicketsService } from './tickets.service.js';

/** What of tickets other rooms enter. */
export const TICKETS_ENTERED = [TicketsService, TicketAllowance, TicketIntake];
/** What they are made and moved on by. */
export const TICKET_PROVIDERS = [...TICKETS_ENTERED, NewTickets, TicketLifecycle];
