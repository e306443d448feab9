import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { currentActor } from '#core/context/context.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { BulkUndoing } from './bulk-undoing.service.js';
import type { OperationDto } from './dto/operation.dto.js';
import { ItemUndoing, type ChangedItem } from './item-undoing.service.js';
import { MergeUndoing } from './merge-undoing.service.js';
import { OperationRecords } from './operation-records.service.js';
import {
  NothingToUndo,
  OperationConflict,
  OperationIsBusy,
  UndoIsOver,
} from './operations.exceptions.js';
import { doneItems, lockOperation } from './operations.sql.js';
import { canUndo, toOperationDto, type OperationRow } from './operations.view.js';
import { SplitUndoing } from './split-undoing.service.js';

/** Times that an undoing is tried again when the tickets were merged on meanwhile. */
const TRIES = 5;

/** Takes operations back, as a whole or not at all. */
@Injectable()
export class Undoings {
  constructor(
    private readonly db: TenantDb,
    private readonly records: OperationRecords,
    private readonly merges: MergeUndoing,
    private readonly splits: SplitUndoing,
    private readonly items: ItemUndoing,
    private readonly bulk: BulkUndoing,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /**
   * Undoes the operation; quiet when that has been asked for already. A bulk one is looked through at once and undone
   * by a job: with `force` those that somebody changed since are left as they are, and without it nothing is undone when
   * there is one. Throws OperationNotFound, {@link OperationConflict}, {@link NothingToUndo}, {@link UndoIsOver},
   * {@link OperationIsBusy}.
   */
  async undo(id: string, force?: 'unconflicted'): Promise<OperationDto> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.db.transaction((tx) => this.#undo(tx, id, force));
      } catch (error) {
        if (!(error instanceof OperationIsBusy) || attempt === TRIES) throw error;
      }
    }
  }

  async #undo(
    tx: TenantTransaction,
    id: string,
    force: 'unconflicted' | undefined,
  ): Promise<OperationDto> {
    await tx.sql(lockOperation, [id]);
    const operation = await this.records.get(tx, id);
    const now = this.clock.now();
    if (operation.status === 'undone' || operation.status === 'undoing')
      return toOperationDto(operation, now);
    if (!canUndo(operation)) throw new NothingToUndo(operation.status);
    if (operation.undoUntil! < now) throw new UndoIsOver(operation.undoUntil!.toISOString());
    if (operation.kind === 'bulk') return this.#request(tx, operation, force);
    if (operation.kind === 'merge') await this.merges.undo(tx, id);
    else if (operation.kind === 'split') await this.splits.undo(tx, id);
    else await this.#undoItems(tx, id);
    return this.records.finishUndoing(tx, id);
  }

  /** What changed fields of a single ticket. */
  async #undoItems(tx: TenantTransaction, id: string): Promise<void> {
    const items = await tx.sql<ChangedItem & { position: number }>(doneItems, [id, -1, 100]);
    await this.items.hold(tx, items);
    const tickets = await this.records.lock(
      tx,
      items.map(({ ticketId }) => ticketId),
    );
    const conflicts = items.flatMap((item) =>
      this.items.conflictsOf(item, tickets.get(item.ticketId)!),
    );
    if (conflicts.length > 0) throw new OperationConflict(conflicts);
    for (const item of items) await this.items.undo(tx, id, item);
    await this.records.noteItems(
      tx,
      id,
      items.map(({ position }) => ({ position, status: 'undone' })),
    );
  }

  async #request(
    tx: TenantTransaction,
    operation: OperationRow,
    force: 'unconflicted' | undefined,
  ): Promise<OperationDto> {
    const { id } = operation;
    const conflicts = await this.bulk.conflictsOf(tx, id);
    if (conflicts.length > 0 && force === undefined) throw new OperationConflict(conflicts);
    const { type, id: actorId, name } = currentActor();
    const undoneBy = { actorType: type, actorId, actorName: name };
    await tx.operation.updateMany({
      where: { id },
      data: {
        status: 'undoing',
        result: { ...(operation.result as object), undoneBy, undone: 0, kept: 0 },
      },
    });
    this.ledger.record({
      type: 'operation.undo_requested',
      subject: { type: 'operation', id },
      data: { kind: operation.kind, total: operation.total, conflicts: conflicts.length },
      operationId: id,
    });
    return toOperationDto(await this.records.get(tx, id), this.clock.now());
  }
}
