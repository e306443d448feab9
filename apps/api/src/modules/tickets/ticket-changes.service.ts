import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { changedSince, etagOf } from '#core/context/version.js';
import { EditConflict } from '#core/errors/edit-conflict.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import { Fields } from '#modules/fields/fields.service.js';
import {
  differencesOf,
  eventsOf,
  refuseContradiction,
  versionedNames,
  type AppliedChange,
  type ChangeOptions,
  type ChangingTicket,
  type TicketChange,
  type TicketColumns,
} from './ticket-change.js';
import { TicketTargets } from './ticket-targets.service.js';
import {
  TicketClosesByClosure,
  TicketFieldsRequired,
  TicketIsClosed,
  TicketIsMerged,
  TicketNotFound,
  TicketTaken,
} from './tickets.exceptions.js';
import { ticketToChange } from './tickets.sql.js';
import { iso, ticketDetailSelect } from './tickets.view.js';

// Rooms that change tickets know what they say and get by these names.
export type { AppliedChange, ChangeOptions, ChangingTicket, TicketChange };

interface LockedTicket extends ChangingTicket {
  fieldVersions: Record<string, number>;
  mergedIntoNumber: number | null;
}

/** The one way in which a ticket's fields are changed, whichever room asks. */
@Injectable()
export class TicketChanges {
  constructor(
    private readonly targets: TicketTargets,
    private readonly fields: Fields,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes `change` to the ticket inside `tx`, and records it. The ticket is held until the end of `tx`: whoever changes
   * several in one transaction takes them in the order of their ids. Quiet when all is so already.
   *
   * Throws TicketNotFound, {@link EditConflict} (`seen`), {@link TicketTaken} (`ifAssigneeId`), {@link TicketIsClosed},
   * {@link TicketIsMerged}, {@link TicketFieldsRequired}, TicketStateNotFound, TicketStateIsArchived, UserNotFound,
   * TeamNotFound, TeamIsArchived, CustomerNotFound, ValidationFailed for the values of custom fields.
   */
  async apply(
    tx: TenantTransaction,
    ticketId: string,
    change: TicketChange,
    options: ChangeOptions = {},
  ): Promise<AppliedChange> {
    refuseContradiction(change);
    await this.targets.hold(tx, change);
    const [found] = await tx.sql<LockedTicket>(ticketToChange, [ticketId]);
    if (!found) throw new TicketNotFound();
    const { fieldVersions, mergedIntoNumber, ...before } = found;
    refuseTaken(before, change, options);
    const target = await this.targets.of(tx, before, change, options);
    const changed = differencesOf(before, target);
    if (Object.keys(changed).length === 0) return { before, after: before, changed };
    if (before.mergedIntoId !== null)
      throw new TicketIsMerged(before.mergedIntoId, mergedIntoNumber);
    refuseConflicts(before, fieldVersions, change, changed, options);
    refuseUnsettled(before, target, options);
    await this.#requireFields(tx, before, target, options);
    const after = await this.#write(tx, before, this.#settled(before, target));
    this.#record(after, change, changed, options);
    return { before, after, changed };
  }

  /**
   * Holds inside `tx` whom changes name that are about to be made, before their tickets are locked: {@link apply} holds
   * them itself, but whoever has locked tickets by then waits for who takes the work of somebody who leaves, and they
   * for the tickets.
   */
  async hold(tx: TenantTransaction, assigneeIds: readonly unknown[]): Promise<void> {
    const people = new Set(assigneeIds.filter((id) => typeof id === 'string'));
    for (const assigneeId of [...people].toSorted()) await this.targets.hold(tx, { assigneeId });
  }

  /** A ticket that is done is not waited for, and one that is opened again has no time of its end. */
  #settled(before: ChangingTicket, target: Partial<TicketColumns>): Partial<TicketColumns> {
    if (target.status === undefined || target.status === before.status) return target;
    if (target.status === 'closed') return { ...target, closedAt: this.clock.now().toISOString() };
    return { ...target, ...(before.status === 'closed' && { closedAt: null }) };
  }

  async #requireFields(
    tx: TenantTransaction,
    before: ChangingTicket,
    target: Partial<TicketColumns>,
    { restores }: ChangeOptions,
  ): Promise<void> {
    if (restores || isDone(before.status) || !isDone(target.status ?? before.status)) return;
    const missing = await this.fields.missingOnSolve(target.fields ?? before.fields, tx);
    if (missing.length > 0) throw new TicketFieldsRequired(missing);
  }

  async #write(
    tx: TenantTransaction,
    before: ChangingTicket,
    data: Partial<TicketColumns>,
  ): Promise<ChangingTicket> {
    const [after] = await tx.ticket.updateManyAndReturn({
      where: { id: before.id },
      data: { ...data, updatedAt: this.#after(iso(before.updatedAt)) },
      select: ticketDetailSelect,
    });
    return { ...after!, fields: after!.fields as ChangingTicket['fields'] };
  }

  #record(
    after: ChangingTicket,
    { stateId: saidState }: TicketChange,
    changed: AppliedChange['changed'],
    { operationId }: ChangeOptions,
  ): void {
    // Whoever said only the category is told by it: the state follows from it.
    const { stateId, ...others } = changed;
    const told = saidState !== undefined && stateId ? changed : others;
    for (const event of eventsOf(after, told, operationId)) this.ledger.record(event);
  }

  /** Now, but always later than `before`: a list that is sorted by it must see each change. */
  #after(before: string): Date {
    return new Date(Math.max(this.clock.now().getTime(), Date.parse(before) + 1));
  }
}

function isDone(status: string): boolean {
  return status === 'solved' || status === 'closed';
}

/** Compare and set: of two who take a ticket at once the second finds that it is somebody's. */
function refuseTaken(
  { assigneeId, assigneeName }: ChangingTicket,
  change: TicketChange,
  { ifAssigneeId }: ChangeOptions,
): void {
  if (ifAssigneeId === undefined || assigneeId === ifAssigneeId) return;
  if (assigneeId === change.assigneeId) return;
  throw new TicketTaken(assigneeId === null ? null : { id: assigneeId, name: assigneeName! });
}

/** Refuses what somebody else has changed since the changer looked; other fields go in beside theirs. */
function refuseConflicts(
  before: ChangingTicket,
  fieldVersions: Record<string, number>,
  change: TicketChange,
  changed: AppliedChange['changed'],
  { seen = 'any' }: ChangeOptions,
): void {
  const names = [...versionedNames(change)].filter(([field]) => field in changed);
  const stale = new Set(
    changedSince(
      seen,
      before.version,
      fieldVersions,
      names.map(([, name]) => name),
    ),
  );
  if (stale.size === 0) return;
  const conflicts = names
    .filter(([, name]) => stale.has(name))
    .map(([field]) => ({ field, yours: changed[field]![1], theirs: changed[field]![0] }));
  throw new EditConflict(conflicts, etagOf(before.version, before.messageCount));
}

/** A ticket is closed and opened again on purpose. */
function refuseUnsettled(
  before: ChangingTicket,
  { status = before.status }: Partial<TicketColumns>,
  { maySettle = false, mayClose = false }: ChangeOptions,
): void {
  if (status === before.status) return;
  if (maySettle) return;
  if (before.status === 'closed') throw new TicketIsClosed();
  if (status === 'closed' && !mayClose) throw new TicketClosesByClosure();
}
