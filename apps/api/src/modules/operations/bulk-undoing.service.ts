import { Injectable } from '@nestjs/common';
import { DomainError } from '#core/errors/domain-error.js';
import { ActorRights } from '#core/tenancy/actor-rights.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { ItemUndoing, type ChangedItem } from './item-undoing.service.js';
import { asActor, type KeptActor } from './operation-actor.js';
import { OperationRecords, type ItemNote, type LockedTicket } from './operation-records.service.js';
import type { UndoConflict } from './operations.exceptions.js';
import { doneItems, itemCounts, keepDone, lockOperation, ticketsNow } from './operations.sql.js';

/** Tickets that one transaction gives back. */
const BATCH = 50;
/** Items that are looked through at once. */
const LOOK = 1_000;
const KEPT = 'Somebody has changed the same since, so the ticket was left as it is.';

const NOT_ALLOWED =
  'Whoever asked for it may not change tickets any more, so the ticket was left as it is.';
const FAILED = 'Something went wrong on our side, so the ticket was left as it was.';

type Item = ChangedItem & { position: number };

/** Undoes bulk operations, batch by batch. */
@Injectable()
export class BulkUndoing {
  constructor(
    private readonly db: TenantDb,
    private readonly records: OperationRecords,
    private readonly items: ItemUndoing,
    private readonly rights: ActorRights,
  ) {}

  /** Every field of every ticket that somebody changed after the operation did, inside `tx`. */
  async conflictsOf(tx: TenantTransaction, operationId: string): Promise<UndoConflict[]> {
    const conflicts: UndoConflict[] = [];
    let after = -1;
    for (;;) {
      const items = await tx.sql<Item>(doneItems, [operationId, after, LOOK]);
      if (items.length === 0) return conflicts;
      const ids = items.map(({ ticketId }) => ticketId);
      const rows = await tx.sql<LockedTicket>(ticketsNow, [ids]);
      const tickets = new Map(rows.map((row) => [row.id, row]));
      for (const item of items)
        conflicts.push(...this.items.conflictsOf(item, tickets.get(item.ticketId)!));
      after = items.at(-1)!.position;
    }
  }

  /**
   * Gives every ticket of the operation back what it was, from where a killed worker has left off. One that somebody
   * changed after the undoing was asked for keeps their change and is told of; so is the rest once whoever asked may not
   * change tickets any more.
   */
  async run(operationId: string): Promise<void> {
    do {
      if (!(await this.#mayGoOn(operationId))) return this.#stop(operationId, NOT_ALLOWED);
    } while (await this.#batch(operationId));
  }

  /** Ends an undoing that goes on failing: what was not given back stays as it is, and says so. */
  async giveUp(operationId: string): Promise<void> {
    await this.#stop(operationId, FAILED);
  }

  async #mayGoOn(operationId: string): Promise<boolean> {
    const { result } = await this.db.client.operation.findFirstOrThrow({
      where: { id: operationId },
      select: { result: true },
    });
    const by = (result as { undoneBy?: KeptActor }).undoneBy;
    // Quiet about one that is not being undone: the batch looks at it.
    if (!by) return true;
    return (await this.rights.of({ type: by.actorType, id: by.actorId })).has('tickets:write');
  }

  async #stop(operationId: string, problem: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      await tx.sql(lockOperation, [operationId]);
      if ((await this.records.get(tx, operationId)).status !== 'undoing') return;
      await tx.sql(keepDone, [operationId, problem]);
      await this.records.finishUndoing(tx, operationId, await this.#counts(tx, operationId));
    });
  }

  #batch(operationId: string): Promise<boolean> {
    return this.db.transaction(async (tx) => {
      await tx.sql(lockOperation, [operationId]);
      const operation = await this.records.get(tx, operationId);
      if (operation.status !== 'undoing') return false;
      const result = operation.result as Record<string, unknown> & {
        undoneBy: KeptActor;
        undone: number;
        kept: number;
      };
      const items = await tx.sql<Item>(doneItems, [operationId, -1, BATCH]);
      return asActor(result.undoneBy, async () => {
        if (items.length === 0) {
          await this.records.finishUndoing(tx, operationId, await this.#counts(tx, operationId));
          return false;
        }
        const notes = await this.#undo(tx, operationId, items);
        await this.records.noteItems(tx, operationId, notes);
        const undone = notes.filter(({ status }) => status === 'undone').length;
        const counts = {
          undone: result.undone + undone,
          kept: result.kept + notes.length - undone,
        };
        await tx.operation.updateMany({
          where: { id: operationId },
          data: { result: { ...result, ...counts } as object },
        });
        return true;
      });
    });
  }

  async #undo(tx: TenantTransaction, operationId: string, items: Item[]): Promise<ItemNote[]> {
    await this.items.hold(tx, items);
    const tickets = await this.records.lock(
      tx,
      items.map(({ ticketId }) => ticketId),
    );
    const notes: ItemNote[] = [];
    for (const item of items) {
      const { position } = item;
      if (this.items.conflictsOf(item, tickets.get(item.ticketId)!).length > 0) {
        notes.push({ position, status: 'done', problem: KEPT });
        continue;
      }
      try {
        await this.items.undo(tx, operationId, item);
        notes.push({ position, status: 'undone' });
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        notes.push({ position, status: 'done', problem: error.message });
      }
    }
    return notes;
  }

  async #counts(
    tx: TenantTransaction,
    operationId: string,
  ): Promise<{ undone: number; kept: number }> {
    const rows = await tx.sql<{ status: string; items: number }>(itemCounts, [operationId]);
    const count = (of: string): number => rows.find(({ status }) => status === of)?.items ?? 0;
    return { undone: count('undone'), kept: count('done') };
  }
}
