import { Injectable } from '@nestjs/common';
import { DomainError } from '#core/errors/domain-error.js';
import { ActorRights } from '#core/tenancy/actor-rights.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import {
  TicketChanges,
  type AppliedChange,
  type TicketChange,
} from '#modules/tickets/ticket-changes.service.js';
import { asActor } from './operation-actor.js';
import { OperationRecords, type ItemNote } from './operation-records.service.js';
import { failPending, itemCounts, lockOperation, pendingItems } from './operations.sql.js';
import type { OperationRow } from './operations.view.js';

/** Tickets that one transaction changes: they and the log are held until it ends, and agents work on. */
const BATCH = 50;
const NOT_ALLOWED =
  'Whoever asked for it may not change tickets any more, so the ticket was left as it was.';

/** Carries bulk operations out, batch by batch. */
@Injectable()
export class BulkRuns {
  constructor(
    private readonly db: TenantDb,
    private readonly records: OperationRecords,
    private readonly changes: TicketChanges,
    private readonly rights: ActorRights,
  ) {}

  /**
   * Runs the operation to its end, from where it stands: what a killed worker has finished is not done again, because
   * each batch is written together with what it says of itself. Before each batch whoever asked is looked at: the rest is
   * left as it is once they may not change tickets any more. Quiet when it has ended.
   */
  async run(operationId: string): Promise<void> {
    do {
      if (!(await this.#mayGoOn(operationId))) return this.#stop(operationId, NOT_ALLOWED);
    } while (await this.#batch(operationId));
  }

  /** Ends an operation that goes on failing: what was changed stays so and can be undone. */
  async giveUp(operationId: string): Promise<void> {
    await this.#stop(
      operationId,
      'Something went wrong on our side, so the ticket was left as it was.',
    );
  }

  async #mayGoOn(operationId: string): Promise<boolean> {
    const by = await this.db.client.operation.findFirstOrThrow({
      where: { id: operationId },
      select: { actorType: true, actorId: true },
    });
    const rights = await this.rights.of({ type: by.actorType, id: by.actorId });
    return rights.has('tickets:write');
  }

  async #stop(operationId: string, problem: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const operation = await this.#held(tx, operationId);
      if (!operation) return;
      await tx.sql(failPending, [operationId, problem]);
      await this.#finish(tx, operationId, 'failed');
    });
  }

  /** Gives whether there is more to do. */
  #batch(operationId: string): Promise<boolean> {
    return this.db.transaction(async (tx) => {
      const operation = await this.#held(tx, operationId);
      if (!operation) return false;
      const items = await tx.sql<{ position: number; ticketId: string }>(pendingItems, [
        operationId,
        BATCH,
      ]);
      if (items.length === 0) {
        await this.#finish(tx, operationId, 'done');
        return false;
      }
      const notes = await asActor(operation, () => this.#change(tx, operation, items));
      await this.records.noteItems(tx, operationId, notes);
      const failed = notes.filter(({ status }) => status === 'failed').length;
      await tx.operation.updateMany({
        where: { id: operationId },
        data: {
          status: 'running',
          done: { increment: notes.length - failed },
          failed: { increment: failed },
        },
      });
      return true;
    });
  }

  /** The operation, held until `tx` ends, if it is still to be carried out. */
  async #held(tx: TenantTransaction, id: string): Promise<OperationRow | null> {
    await tx.sql(lockOperation, [id]);
    const operation = await this.records.get(tx, id);
    return operation.status === 'queued' || operation.status === 'running' ? operation : null;
  }

  /** A ticket that cannot be changed is told of and does not stop the rest. */
  async #change(
    tx: TenantTransaction,
    { id: operationId, parameters }: OperationRow,
    items: { position: number; ticketId: string }[],
  ): Promise<ItemNote[]> {
    const { change } = parameters as { change: TicketChange & { closed?: true } };
    const { closed, ...rest } = change;
    const wanted: TicketChange = closed ? { ...rest, status: 'closed' } : rest;
    const options = { operationId, mayClose: true };
    await this.changes.hold(tx, [change.assigneeId]);
    await this.records.lock(
      tx,
      items.map(({ ticketId }) => ticketId),
    );
    const notes: ItemNote[] = [];
    for (const { position, ticketId } of items) {
      try {
        const applied = await this.changes.apply(tx, ticketId, wanted, options);
        notes.push({ position, ...whatChanged(applied) });
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        notes.push({ position, status: 'failed', problem: error.message });
      }
    }
    return notes;
  }

  async #finish(
    tx: TenantTransaction,
    operationId: string,
    status: 'done' | 'failed',
  ): Promise<void> {
    const rows = await tx.sql<{ status: string; items: number }>(itemCounts, [operationId]);
    const count = (of: string): number => rows.find((row) => row.status === of)?.items ?? 0;
    const [changed, unchanged, failed] = [count('done'), count('unchanged'), count('failed')];
    const result = { changed, unchanged, failed };
    await this.records.finish(tx, operationId, {
      ...{ status, done: changed + unchanged, failed, result },
    });
  }
}

/** The fields that became different, before and after, as an item keeps them. */
export function whatChanged({ changed, after }: AppliedChange): Omit<ItemNote, 'position'> {
  const fields = Object.entries(changed);
  return {
    status: fields.length > 0 ? 'done' : 'unchanged',
    before: Object.fromEntries(fields.map(([field, [was]]) => [field, was])),
    after: Object.fromEntries(fields.map(([field, [, is]]) => [field, is])),
    ...(after.version !== undefined && { version: after.version }),
  };
}
