import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { currentActor } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import type { OperationDto } from './dto/operation.dto.js';
import { OperationIsBusy, OperationNotFound } from './operations.exceptions.js';
import { holdRequesters, lockTickets, mergeChain, noteItems } from './operations.sql.js';
import { UNDO_DAYS, type ItemStatus, type OperationKind } from './operation-terms.js';
import { operationSelect, toOperationDto, type OperationRow } from './operations.view.js';

const DAY = 86_400_000;

/** A ticket as an operation sees it, locked until the transaction ends. */
export interface LockedTicket {
  id: string;
  number: number;
  subject: string;
  status: string;
  stateId: string;
  type: string | null;
  priority: string;
  channel: string;
  assigneeId: string | null;
  teamId: string | null;
  tags: string[];
  cc: string[];
  fields: Record<string, unknown>;
  snoozedUntil: string | null;
  mergedIntoId: string | null;
  closedAt: string | null;
  requesterId: string;
  requesterEmail: string;
  version: number;
}

/** What an operation did to one ticket. */
export interface ItemNote {
  position: number;
  status: ItemStatus;
  problem?: string | null;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  version?: number;
}

/** The rows of operations: written by whatever merges, splits, changes many at once or undoes. */
@Injectable()
export class OperationRecords {
  constructor(
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /** Begins an operation inside `tx`. Gives its id. */
  async begin(
    tx: TenantTransaction,
    kind: OperationKind,
    parameters: object,
    { status, total }: { status: 'queued' | 'running'; total: number },
  ): Promise<string> {
    const id = newId();
    const { type, id: actorId, name } = currentActor();
    const actor = { actorType: type, actorId, actorName: name };
    const createdAt = this.clock.now();
    await tx.operation.createMany({
      data: [{ id, kind, status, total, parameters, createdAt, ...actor }],
    });
    return id;
  }

  /** Adds what the operation did to tickets, inside `tx`. */
  async addItems(
    tx: TenantTransaction,
    operationId: string,
    items: (ItemNote & { ticketId: string })[],
  ): Promise<void> {
    const data = items.map(({ before = {}, after = {}, ...item }) => ({
      ...item,
      operationId,
      before: before as object,
      after: after as object,
    }));
    await tx.operationItem.createMany({ data });
  }

  /** Says what became of tickets on the list, inside `tx`. */
  async noteItems(tx: TenantTransaction, operationId: string, items: ItemNote[]): Promise<void> {
    if (items.length > 0) await tx.sql(noteItems, [operationId, JSON.stringify(items)]);
  }

  /** Ends an operation inside `tx` and tells so. From here on it can be undone for {@link UNDO_DAYS} days. */
  async finish(
    tx: TenantTransaction,
    id: string,
    end: { status: 'done' | 'failed'; done: number; failed: number; result: object },
  ): Promise<OperationDto> {
    const now = this.clock.now();
    const undoUntil = new Date(now.getTime() + UNDO_DAYS * DAY);
    const row = await this.#write(tx, id, { ...end, finishedAt: now, undoUntil });
    const { kind, status, total, done, failed } = row;
    this.ledger.record({
      type: 'operation.finished',
      subject: { type: 'operation', id },
      data: { kind, status, total, done, failed },
      operationId: id,
    });
    return toOperationDto(row, now);
  }

  /** Ends the undoing of an operation inside `tx` and tells so. */
  async finishUndoing(tx: TenantTransaction, id: string, more: object = {}): Promise<OperationDto> {
    const now = this.clock.now();
    const { result } = await this.get(tx, id);
    const row = await this.#write(tx, id, {
      status: 'undone',
      undoneAt: now,
      result: { ...(result as object), ...more },
    });
    this.ledger.record({
      type: 'operation.undone',
      subject: { type: 'operation', id },
      data: { kind: row.kind, total: row.total, ...more },
      operationId: id,
    });
    return toOperationDto(row, now);
  }

  /** The operation's row, inside `tx`. Throws {@link OperationNotFound}. */
  async get(tx: TenantTransaction, id: string): Promise<OperationRow> {
    const row = await tx.operation.findFirst({ where: { id }, select: operationSelect });
    if (!row) throw new OperationNotFound();
    return row;
  }

  /** Locks tickets until `tx` ends, in the order of their ids. Those that are not there are missing in the answer. */
  async lock(tx: TenantTransaction, ids: readonly string[]): Promise<Map<string, LockedTicket>> {
    const distinct = [...new Set(ids)];
    await tx.sql(holdRequesters, [distinct]);
    const rows = await tx.sql<LockedTicket>(lockTickets, [distinct]);
    return new Map(rows.map((row) => [row.id, row]));
  }

  /**
   * Locks the ticket `from`, those that it was merged into one after the other, and `others`. Gives the ids of the
   * chain, `from` first. Throws {@link OperationIsBusy} when somebody made the chain another one just now.
   */
  async lockChain(
    tx: TenantTransaction,
    from: string,
    others: readonly string[],
  ): Promise<{ chain: string[]; tickets: Map<string, LockedTicket> }> {
    const chain = await this.#chain(tx, from);
    const tickets = await this.lock(tx, [...chain, ...others]);
    const now = await this.#chain(tx, from);
    // Read before the lock and after it: in between somebody may have merged the end into a further one.
    if (now.join() !== chain.join()) throw new OperationIsBusy();
    return { chain, tickets };
  }

  async #chain(tx: TenantTransaction, from: string): Promise<string[]> {
    return (await tx.sql<{ id: string }>(mergeChain, [from])).map(({ id }) => id);
  }

  async #write(tx: TenantTransaction, id: string, data: object): Promise<OperationRow> {
    const [row] = await tx.operation.updateManyAndReturn({
      where: { id },
      data,
      select: operationSelect,
    });
    if (!row) throw new OperationNotFound();
    return row;
  }
}
