import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import type { SeenVersion } from '#core/context/version.js';
import { ValidationFailed } from '#core/errors/domain-error.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { TicketDto } from './dto/ticket.dto.js';
import { TicketStates } from './ticket-states.service.js';
import { TicketNeedsPerson } from './tickets.exceptions.js';
import { TicketsService } from './tickets.service.js';

/** Who or which team is to have a ticket, and who must have it for that. */
export interface Assignment {
  assigneeId?: string | null;
  teamId?: string | null;
  ifAssigneeId?: string | null;
}

/** Who has a ticket, who asks, when it is looked at again and whether it is done. Every method is quiet when it is so already. */
@Injectable()
export class TicketLifecycle {
  constructor(
    private readonly tickets: TicketsService,
    private readonly states: TicketStates,
    private readonly db: TenantDb,
    private readonly clock: Clock,
  ) {}

  /**
   * Gives the ticket to a person, a team or both; null to nobody. Throws TicketNotFound, UserNotFound, TeamNotFound,
   * TeamIsArchived, EditConflict, and TicketTaken when somebody else has it than `ifAssigneeId` says.
   */
  async assign(id: string, assignment: Assignment, seen?: SeenVersion): Promise<TicketDto> {
    const { assigneeId, teamId, ifAssigneeId } = assignment;
    return this.tickets.update(id, { assigneeId, teamId }, { seen, ifAssigneeId });
  }

  /**
   * Gives the ticket to the person `me` if nobody has it: of two who take it at once one gets it. Throws
   * TicketNotFound, TicketTaken with who has it, {@link TicketNeedsPerson} for an API key.
   */
  async take(id: string, me: { type: string; id: string }): Promise<TicketDto> {
    if (me.type !== 'user') throw new TicketNeedsPerson();
    return this.tickets.update(id, { assigneeId: me.id }, { ifAssigneeId: null });
  }

  /** Leaves the ticket to nobody. Throws TicketNotFound, EditConflict. */
  async unassign(id: string, seen?: SeenVersion): Promise<TicketDto> {
    return this.tickets.update(id, { assigneeId: null }, { seen });
  }

  /** Says that somebody else asks. Throws TicketNotFound, CustomerNotFound, EditConflict. */
  async setRequester(id: string, requesterId: string, seen?: SeenVersion): Promise<TicketDto> {
    return this.tickets.update(id, { requesterId }, { seen });
  }

  /** Puts the ticket out of sight until an instant to come. Throws TicketNotFound, TicketIsClosed, ValidationFailed. */
  async snooze(id: string, until: string, seen?: SeenVersion): Promise<TicketDto> {
    const instant = new Date(until);
    if (instant <= this.clock.now())
      throw new ValidationFailed([{ field: 'until', problem: 'must be an instant to come' }]);
    return this.tickets.update(id, { snoozedUntil: instant.toISOString() }, { seen });
  }

  /** Brings the ticket back into sight. Throws TicketNotFound. */
  async wake(id: string, seen?: SeenVersion): Promise<TicketDto> {
    return this.tickets.update(id, { snoozedUntil: null }, { seen });
  }

  /**
   * Closes the ticket, into the closed state `stateId` or the default one. Throws TicketNotFound, TicketFieldsRequired,
   * TicketStateNotFound, TicketStateIsArchived, ValidationFailed for a state that is not a closed one.
   */
  async close(id: string, stateId?: string, seen?: SeenVersion): Promise<TicketDto> {
    if (stateId === undefined)
      return this.tickets.update(id, { status: 'closed' }, { seen, maySettle: true });
    const { status } = await this.states.find(this.db.client, stateId);
    if (status !== 'closed')
      throw new ValidationFailed([{ field: 'stateId', problem: 'must be of a closed state' }]);
    return this.tickets.update(id, { stateId }, { seen, maySettle: true });
  }

  /** Opens a closed ticket again. Throws TicketNotFound, and TicketIsMerged for one that goes on elsewhere. */
  async reopen(id: string, seen?: SeenVersion): Promise<TicketDto> {
    // What was not closed is left as it is: the look before costs nothing that is kept.
    const ticket = await this.tickets.get(id);
    if (ticket.status !== 'closed') return ticket;
    return this.tickets.update(id, { status: 'open' }, { seen, maySettle: true });
  }
}
