import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import { MergedCopies } from './merged-copies.service.js';
import { OperationRecords, type LockedTicket } from './operation-records.service.js';
import { OperationConflict, type UndoConflict } from './operations.exceptions.js';
import {
  moveMessages,
  recountMessages,
  returnMessages,
  strayMessages,
  writeTickets,
} from './operations.sql.js';

/** Takes splits back. */
@Injectable()
export class SplitUndoing {
  constructor(
    private readonly records: OperationRecords,
    private readonly copies: MergedCopies,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /**
   * Puts the messages back where they were, inside `tx`. A ticket has had its number told and cannot be unmade: the new
   * one is closed and merged into the old one, with whatever was said on it since. Throws {@link OperationConflict} when
   * one of the two was merged since, or a message was split off further.
   */
  async undo(tx: TenantTransaction, operationId: string): Promise<void> {
    const items = await tx.operationItem.findMany({
      where: { operationId },
      orderBy: { position: 'asc' },
      select: { ticketId: true },
    });
    const [oldId, newTicketId] = items.map(({ ticketId }) => ticketId) as [string, string];
    const tickets = await this.records.lock(tx, [oldId, newTicketId]);
    const [old, made] = [tickets.get(oldId)!, tickets.get(newTicketId)!];
    await this.#refuseConflicts(tx, operationId, old, made);

    await tx.sql(returnMessages, [operationId]);
    // What was said on it since goes along, and says where it was said.
    const [later] = await tx.sql<{ messages: number }>(moveMessages, [
      operationId,
      [newTicketId],
      oldId,
      null,
    ]);
    const ccAdded = later ? await this.copies.join(tx, old, [made]) : [];
    const closed = {
      ...(made.status !== 'closed' && { status: 'closed' }),
      ...{ mergedIntoId: oldId, snoozedUntil: null },
    };
    await tx.sql(writeTickets, [
      JSON.stringify([
        { id: newTicketId, data: closed },
        { id: oldId, data: {} },
      ]),
      this.clock.now(),
    ]);
    await tx.sql(recountMessages, [[oldId, newTicketId]]);
    await this.records.noteItems(
      tx,
      operationId,
      items.map((_, position) => ({ position, status: 'undone' })),
    );
    this.#tell(operationId, old, made, { messages: later?.messages ?? 0, ccAdded });
  }

  async #refuseConflicts(
    tx: TenantTransaction,
    operationId: string,
    old: LockedTicket,
    made: LockedTicket,
  ): Promise<void> {
    const conflicts: UndoConflict[] = [old, made]
      .filter(({ mergedIntoId }) => mergedIntoId !== null)
      .map(({ id, number, mergedIntoId }) => ({
        ...{ ticketId: id, number, field: 'mergedIntoId' },
        ...{ before: null, after: null, now: mergedIntoId },
      }));
    const strays = await tx.sql<{ nowId: string }>(strayMessages, [operationId, made.id]);
    for (const { nowId } of conflicts.length > 0 ? [] : strays) {
      const about = { ticketId: made.id, number: made.number, field: 'messages' };
      conflicts.push({ ...about, before: old.id, after: made.id, now: nowId });
    }
    if (conflicts.length > 0) throw new OperationConflict(conflicts);
  }

  #tell(
    operationId: string,
    old: LockedTicket,
    made: LockedTicket,
    { messages, ccAdded }: { messages: number; ccAdded: string[] },
  ): void {
    this.ledger.record({
      type: 'ticket.merged',
      subject: { type: 'ticket', id: made.id },
      data: { number: made.number, intoId: old.id, intoNumber: old.number, messages },
      changes: {
        ...(made.status !== 'closed' && { status: [made.status, 'closed'] }),
        ...(made.snoozedUntil !== null && { snoozedUntil: [made.snoozedUntil, null] }),
        mergedIntoId: [null, old.id],
      },
      operationId,
    });
    this.ledger.record({
      type: 'ticket.merged',
      subject: { type: 'ticket', id: old.id },
      data: { number: old.number, fromIds: [made.id], fromNumbers: [made.number], messages },
      ...(ccAdded.length > 0 && { changes: { cc: [old.cc, [...old.cc, ...ccAdded]] } }),
      operationId,
    });
  }
}
