import { Injectable } from '@nestjs/common';
import { ValidationFailed } from '#core/errors/domain-error.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { CustomersService } from '#modules/customers/customers.service.js';
import { Fields, mergedValues, type FieldValues } from '#modules/fields/fields.service.js';
import { Teams } from '#modules/teams/teams.service.js';
import { TicketAllowance } from './ticket-allowance.service.js';
import { TicketStates, type KnownState } from './ticket-states.service.js';
import type { TicketPriority, TicketType } from './ticket-terms.js';
import { TicketClosesByClosure, TicketFieldsRequired } from './tickets.exceptions.js';
import { createTicket } from './tickets.sql.js';
import type { TicketRow } from './tickets.view.js';

export interface NewTicket {
  subject: string;
  body: string;
  /** Who asks, by their address; or `requesterId`. */
  requester?: { email: string; name?: string };
  requesterId?: string;
  priority?: TicketPriority;
  type?: TicketType;
  tags?: string[];
  assigneeId?: string;
  /** The default team, if there is one, when it is left out. */
  teamId?: string;
  stateId?: string;
  fields?: Record<string, unknown>;
  cc?: string[];
}

/** A new ticket of which all is looked up. */
export interface ReadyTicket extends NewTicket {
  requester: { email: string; name?: string };
  state: KnownState | null;
  values: FieldValues;
}

/** What a new ticket needs before it is written, and whether there may be one more. */
@Injectable()
export class NewTickets {
  constructor(
    private readonly db: TenantDb,
    private readonly customers: CustomersService,
    private readonly teams: Teams,
    private readonly fields: Fields,
    private readonly states: TicketStates,
    private readonly allowance: TicketAllowance,
  ) {}

  /**
   * Looks up what a new ticket names, each only if it names it: the usual one costs no question before its statement.
   * Throws TeamNotFound, TeamIsArchived, CustomerNotFound, TicketStateNotFound, TicketStateIsArchived,
   * {@link TicketClosesByClosure}, {@link TicketFieldsRequired}, {@link ValidationFailed}.
   */
  async ready(ticket: NewTicket): Promise<ReadyTicket> {
    if ((ticket.requester === undefined) === (ticket.requesterId === undefined))
      throw new ValidationFailed([
        { field: 'requester', problem: 'excludes requesterId: send one of them' },
      ]);
    const values = ticket.fields ? await this.fields.validate('ticket', ticket.fields) : {};
    if (ticket.teamId !== undefined) await this.teams.requireActive(ticket.teamId);
    return {
      ...ticket,
      requester: ticket.requester ?? (await this.#requester(ticket.requesterId!)),
      values: mergedValues({}, values),
      state: ticket.stateId === undefined ? null : await this.#state(ticket.stateId, values),
    };
  }

  /**
   * Writes a ticket of which all is looked up by the `values` of its statement; gives no row as that does. Where the
   * plan bounds the tickets of a month they are counted alone. What comes by mail does not pass here: it counts, and is
   * taken in all the same. Throws LimitReached.
   */
  async write(values: unknown[]): Promise<TicketRow | undefined> {
    if (!(await this.allowance.isBounded()))
      return (await this.db.sql<TicketRow>(createTicket, values))[0];
    return this.db.transaction(async (tx) => {
      await this.allowance.require(tx);
      return (await tx.sql<TicketRow>(createTicket, values))[0];
    });
  }

  async #requester(id: string): Promise<{ email: string; name: string }> {
    return this.db.transaction((tx) => this.customers.standing(tx, id));
  }

  async #state(id: string, values: Record<string, unknown>): Promise<KnownState> {
    const state = await this.states.find(this.db.client, id);
    if (state.status === 'closed') throw new TicketClosesByClosure();
    const missing =
      state.status === 'solved' ? await this.fields.missingOnSolve(values as FieldValues) : [];
    if (missing.length > 0) throw new TicketFieldsRequired(missing);
    return state;
  }
}
