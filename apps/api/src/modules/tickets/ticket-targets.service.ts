import { Injectable } from '@nestjs/common';
import { ValidationFailed } from '#core/errors/domain-error.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import { CustomersService } from '#modules/customers/customers.service.js';
import { Fields, mergedValues, type FieldValue } from '#modules/fields/fields.service.js';
import { Teams } from '#modules/teams/teams.service.js';
import { UsersService } from '#modules/users/users.service.js';
import type {
  ChangeOptions,
  ChangingTicket,
  TicketChange,
  TicketColumns,
} from './ticket-change.js';
import { TicketStates } from './ticket-states.service.js';
import { MOST_TAGS } from './ticket-terms.js';
import { TicketIsClosed } from './tickets.exceptions.js';
import { holdPerson } from './tickets.sql.js';

/** What a wanted change comes to in columns: whom and what it names is looked up, and refused when it is not there. */
@Injectable()
export class TicketTargets {
  constructor(
    private readonly states: TicketStates,
    private readonly teams: Teams,
    private readonly fields: Fields,
    private readonly customers: CustomersService,
    private readonly users: UsersService,
  ) {}

  /**
   * Holds back, until the end of `tx`, that the assignee of `change` is let go of: their work is taken from them after
   * they left, and a ticket that they got in between would stay with them unseen. And that its requester is merged away:
   * whoever merges customers holds them first and their tickets then, and the other way round each would wait for the
   * other. Throws CustomerNotFound.
   */
  async hold(tx: TenantTransaction, { assigneeId, requesterId }: TicketChange): Promise<void> {
    if (typeof assigneeId === 'string') await tx.sql(holdPerson, [assigneeId]);
    if (requesterId !== undefined) await this.customers.standing(tx, requesterId);
  }

  /** The columns that `change` asks for. Throws what `TicketChanges.apply` lists for what is not there. */
  async of(
    tx: TenantTransaction,
    before: ChangingTicket,
    change: TicketChange,
    options: ChangeOptions,
  ): Promise<Partial<TicketColumns>> {
    const { subject, priority, type, cc } = change;
    const state = await this.#state(tx, before, change, options);
    return {
      ...(subject !== undefined && { subject }),
      ...(priority !== undefined && { priority }),
      ...(type !== undefined && { type }),
      ...(cc && { cc: addresses(cc) }),
      ...tagsOf(before, change),
      ...state,
      ...(await this.#assignee(tx, before, change)),
      ...(await this.#team(tx, before, change, options)),
      ...(await this.#requester(tx, before, change)),
      ...(await this.#values(tx, before, change, options)),
      ...snoozeOf(before, change, state.status ?? before.status),
    };
  }

  async #state(
    tx: TenantTransaction,
    before: ChangingTicket,
    { status, stateId }: TicketChange,
    { restores = false }: ChangeOptions,
  ): Promise<Partial<Pick<TicketColumns, 'status' | 'stateId'>>> {
    if (stateId !== undefined)
      return stateId === before.stateId ? {} : this.states.find(tx, stateId, restores);
    return status === undefined || status === before.status
      ? {}
      : this.states.defaultOf(tx, status);
  }

  async #assignee(
    tx: TenantTransaction,
    before: ChangingTicket,
    { assigneeId }: TicketChange,
  ): Promise<Partial<Pick<TicketColumns, 'assigneeId' | 'assigneeName'>>> {
    if (assigneeId === undefined || assigneeId === before.assigneeId) return {};
    if (assigneeId === null) return { assigneeId, assigneeName: null };
    return { assigneeId, assigneeName: (await this.users.getActive(assigneeId, tx)).name };
  }

  async #team(
    tx: TenantTransaction,
    before: ChangingTicket,
    { teamId }: TicketChange,
    { restores }: ChangeOptions,
  ): Promise<Partial<Pick<TicketColumns, 'teamId'>>> {
    if (teamId === undefined || teamId === before.teamId) return {};
    if (teamId !== null && !restores) await this.teams.requireActive(teamId, tx);
    return { teamId };
  }

  async #requester(
    tx: TenantTransaction,
    before: ChangingTicket,
    { requesterId }: TicketChange,
  ): Promise<Partial<TicketColumns>> {
    if (requesterId === undefined || requesterId === before.requesterId) return {};
    const { id, email, name, companyId } = await this.customers.standing(tx, requesterId);
    return { requesterId: id, requesterEmail: email, requesterName: name, companyId };
  }

  async #values(
    tx: TenantTransaction,
    before: ChangingTicket,
    { fields }: TicketChange,
    { restores }: ChangeOptions,
  ): Promise<Partial<Pick<TicketColumns, 'fields'>>> {
    if (fields === undefined) return {};
    const clean = restores
      ? (fields as Record<string, FieldValue | null>)
      : await this.fields.validate('ticket', fields, tx);
    return { fields: mergedValues(before.fields, clean) };
  }
}

function addresses(cc: string[]): string[] {
  return [...new Set(cc.map((address) => address.toLowerCase()))];
}

/** Throws {@link ValidationFailed} when there would be too many. */
function tagsOf(
  before: ChangingTicket,
  { tags, addTags = [], removeTags = [] }: TicketChange,
): Partial<Pick<TicketColumns, 'tags'>> {
  if (tags !== undefined) return { tags };
  if (addTags.length + removeTags.length === 0) return {};
  const kept = before.tags.filter((tag) => !removeTags.includes(tag));
  const result = [...new Set([...kept, ...addTags])];
  if (result.length > MOST_TAGS)
    throw new ValidationFailed([
      { field: 'addTags', problem: `would give the ticket more than ${MOST_TAGS} tags` },
    ]);
  return { tags: result };
}

/** What is closed is not waited for, and nothing closed is put off. Throws {@link TicketIsClosed}. */
function snoozeOf(
  before: ChangingTicket,
  { snoozedUntil }: TicketChange,
  status: string,
): Partial<Pick<TicketColumns, 'snoozedUntil'>> {
  if (status !== 'closed') return snoozedUntil === undefined ? {} : { snoozedUntil };
  if (snoozedUntil) throw new TicketIsClosed();
  return before.snoozedUntil === null ? {} : { snoozedUntil: null };
}
