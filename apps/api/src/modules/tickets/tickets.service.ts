import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { currentActor } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { UsersService } from '#modules/users/users.service.js';
import type { TicketDto } from './dto/ticket.dto.js';
import { NewTickets, type NewTicket, type ReadyTicket } from './new-tickets.service.js';
import { TicketChanges, type ChangeOptions, type TicketChange } from './ticket-changes.service.js';
import type { Channel } from './ticket-terms.js';
import { TicketIsBusy, TicketNotFound } from './tickets.exceptions.js';
import { ticketById } from './tickets.sql.js';
import { toTicketDto, type TicketRow } from './tickets.view.js';

/** Times that a write is tried again when another one got in between. */
const TRIES = 5;

/**
 * Tickets: opening and changing them. Closing and assigning are in `ticket-lifecycle.service.ts`, the list in
 * `ticket-list.service.ts`.
 */
@Injectable()
export class TicketsService {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly users: UsersService,
    private readonly newTickets: NewTickets,
    private readonly changes: TicketChanges,
  ) {}

  /** One ticket, with its custom fields. Throws {@link TicketNotFound}. */
  async get(id: string): Promise<TicketDto> {
    const [row] = await this.db.sql<TicketRow>(ticketById, [id]);
    if (!row) throw new TicketNotFound();
    return toTicketDto(row);
  }

  /**
   * Opens a ticket for a requester, who is made on first sight. Throws UserNotFound, TeamNotFound, TeamIsArchived,
   * CustomerNotFound, TicketStateNotFound, TicketStateIsArchived, TicketClosesByClosure, TicketFieldsRequired,
   * ValidationFailed, LimitReached.
   */
  async create(ticket: NewTicket): Promise<TicketDto> {
    const channel: Channel = currentActor().type === 'user' ? 'web' : 'api';
    const ready = await this.newTickets.ready(ticket);
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const row = await this.newTickets.write(this.#creation(ready, channel));
      if (row) return this.#stillWith(toTicketDto({ ...row, mergedIntoNumber: null }));
      if (ticket.assigneeId !== undefined) await this.users.getActive(ticket.assigneeId);
    }
    throw new TicketIsBusy();
  }

  /** Changes what is given and leaves the rest. Throws what {@link TicketChanges.apply} does. */
  async update(id: string, change: TicketChange, options: ChangeOptions = {}): Promise<TicketDto> {
    const { after } = await this.db.transaction((tx) =>
      this.changes.apply(tx, id, change, options),
    );
    // Read again only for what its row does not say: the number of the one that it went into.
    return after.mergedIntoId === null
      ? toTicketDto({ ...after, mergedIntoNumber: null })
      : this.get(id);
  }

  /** Somebody who left in between: the job that takes their tickets may have looked before this one was theirs. */
  async #stillWith(ticket: TicketDto): Promise<TicketDto> {
    if (ticket.assignee === null) return ticket;
    const { status } = await this.users.get(ticket.assignee.id);
    return status === 'active' ? ticket : this.update(ticket.id, { assigneeId: null });
  }

  #creation(ticket: ReadyTicket, channel: Channel): unknown[] {
    const id = newId();
    const requesterId = newId();
    const messageId = newId();
    const email = ticket.requester.email.toLowerCase();
    const priority = ticket.priority ?? 'normal';
    const tags = ticket.tags ?? [];
    // The number, the requester and the default team are known only inside the statement, which puts them in these places.
    const numberPlace = randomUUID();
    const teamPlace = randomUUID();
    const fact = {
      type: 'ticket.created',
      subject: { type: 'ticket', id },
      data: {
        number: numberPlace,
        subject: ticket.subject,
        priority,
        tags,
        channel,
        requesterId,
        assigneeId: ticket.assigneeId ?? null,
        messageId,
        teamId: ticket.teamId ?? teamPlace,
        ...(ticket.type && { type: ticket.type }),
        ...(ticket.state && { status: ticket.state.status, stateId: ticket.state.stateId }),
      },
    };
    const event = this.ledger.prepare(fact, [numberPlace, teamPlace]);
    const now = event.occurredAt;
    const name = ticket.requester.name?.trim() || email.slice(0, email.indexOf('@'));
    return [
      id,
      messageId,
      requesterId,
      email,
      name.slice(0, 200),
      ticket.subject,
      ticket.body,
      priority,
      tags,
      channel,
      ticket.assigneeId ?? null,
      now,
      JSON.stringify(event),
      numberPlace,
      ticket.type ?? null,
      ticket.teamId ?? null,
      ticket.state?.stateId ?? null,
      ticket.state?.status ?? 'open',
      JSON.stringify(ticket.values),
      [...new Set((ticket.cc ?? []).map((address) => address.toLowerCase()))],
      teamPlace,
    ];
  }
}
