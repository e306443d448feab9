import type { TicketConditions } from './ticket-conditions.js';
import type { TicketPriority, TicketStatus, TicketType } from './ticket-terms.js';

/** Filters of the list in domain words; all that are given hold. A null asks for tickets that have none. */
export interface TicketFilter {
  number?: number;
  status?: TicketStatus;
  stateId?: string;
  priority?: TicketPriority;
  type?: TicketType;
  assigneeId?: string | null;
  teamId?: string | null;
  requesterId?: string;
  companyId?: string | null;
  tag?: string;
  updatedSince?: string;
  subject?: string;
  /** Whether it is put off until later. */
  snoozed?: boolean;
  /** Whether it was merged into another. */
  merged?: boolean;
  conditions?: TicketConditions;
  /** What a view asks for, besides. */
  viewConditions?: TicketConditions;
  /** Who is "me" in the conditions; absent for nobody. */
  me?: string;
  /** When "7 days ago" in the conditions is counted from; now if absent. */
  now?: Date;
}
