import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import { MergedCopies } from './merged-copies.service.js';
import { OperationRecords, type LockedTicket } from './operation-records.service.js';
import { OperationConflict, type UndoConflict } from './operations.exceptions.js';
import { recountMessages, returnMessages, strayMessages, writeTickets } from './operations.sql.js';

interface MergedTicket {
  ticketId: string;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}

/** Takes merges back, also one in the middle of a chain. */
@Injectable()
export class MergeUndoing {
  constructor(
    private readonly records: OperationRecords,
    private readonly copies: MergedCopies,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /**
   * Gives every ticket of the merge `operationId` its messages and its state back, inside `tx`. What came after the
   * merge stays where it was said. Throws {@link OperationConflict} when one of the messages was split off since, or a
   * merged ticket is not as the merge left it.
   */
  async undo(tx: TenantTransaction, operationId: string): Promise<void> {
    const items = await tx.operationItem.findMany({
      where: { operationId },
      orderBy: { position: 'asc' },
      select: { ticketId: true, before: true, after: true },
    });
    const [target, ...sources] = items as unknown as [MergedTicket, ...MergedTicket[]];
    const sourceIds = sources.map(({ ticketId }) => ticketId);
    const { chain, tickets } = await this.records.lockChain(tx, target.ticketId, sourceIds);
    const end = chain.at(-1)!;
    await this.#refuseConflicts(tx, operationId, sources, tickets, end);

    const returned = await tx.sql<{ ticketId: string; messages: number }>(returnMessages, [
      operationId,
    ]);
    const writes = [
      ...sources.map(({ ticketId, before: { stateId, closedAt, snoozedUntil } }) => ({
        id: ticketId,
        data: { stateId, closedAt, snoozedUntil, mergedIntoId: null },
      })),
      { id: end, data: {} },
    ];
    await tx.sql(writeTickets, [JSON.stringify(writes), this.clock.now()]);
    const links = chain.map((id) => tickets.get(id)!);
    const ccAdded = (target.after.ccAdded as string[] | undefined) ?? [];
    const copies = await this.copies.leave(tx, links, sourceIds, ccAdded);
    // All of them: a message may have gone back past a ticket whose own merge was undone in between.
    await tx.sql(recountMessages, [[...chain, ...sourceIds]]);
    await this.records.noteItems(
      tx,
      operationId,
      items.map((_, position) => ({ position, status: 'undone' })),
    );
    this.#tellSources(operationId, links[0]!, sources, tickets, new Map(returned.map(byTicket)));
    this.#tellChain(operationId, links, sources, tickets, copies);
  }

  async #refuseConflicts(
    tx: TenantTransaction,
    operationId: string,
    sources: MergedTicket[],
    tickets: Map<string, LockedTicket>,
    end: string,
  ): Promise<void> {
    const conflicts: UndoConflict[] = [];
    for (const { ticketId, before, after } of sources) {
      const now = tickets.get(ticketId)!;
      const differs = (field: string, is: unknown): void => {
        if (after[field] === is) return;
        const about = { ticketId, number: now.number, field };
        conflicts.push({ ...about, before: before[field], after: after[field], now: is });
      };
      differs('mergedIntoId', now.mergedIntoId);
      differs('status', now.status);
    }
    const strays = await tx.sql<{ fromId: string; nowId: string; messages: number }>(
      strayMessages,
      [operationId, end],
    );
    for (const { fromId, nowId } of strays) {
      const about = { ticketId: fromId, number: tickets.get(fromId)!.number, field: 'messages' };
      conflicts.push({ ...about, before: fromId, after: end, now: nowId });
    }
    if (conflicts.length > 0) throw new OperationConflict(conflicts);
  }

  #tellSources(
    operationId: string,
    target: LockedTicket,
    sources: MergedTicket[],
    tickets: Map<string, LockedTicket>,
    messages: Map<string, number>,
  ): void {
    for (const { ticketId, before } of sources) {
      const now = tickets.get(ticketId)!;
      this.ledger.record({
        type: 'ticket.unmerged',
        subject: { type: 'ticket', id: ticketId },
        data: {
          ...{ number: now.number, fromId: target.id, fromNumber: target.number },
          ...{ messages: messages.get(ticketId) ?? 0 },
        },
        changes: {
          ...(before.status !== 'closed' && { status: ['closed', before.status] }),
          // It need not be the default one of its category, from which nobody could tell it.
          ...(before.stateId !== now.stateId && { stateId: [now.stateId, before.stateId] }),
          ...(before.snoozedUntil !== null && { snoozedUntil: [null, before.snoozedUntil] }),
          mergedIntoId: [target.id, null],
        },
        operationId,
      });
    }
  }

  /** The two ends of the chain have it in their history, and whatever lost readers. */
  #tellChain(
    operationId: string,
    chain: LockedTicket[],
    sources: MergedTicket[],
    tickets: Map<string, LockedTicket>,
    copies: Map<string, [string[], string[]]>,
  ): void {
    const ends = [chain[0], chain.at(-1)];
    for (const ticket of chain.filter((one) => ends.includes(one) || copies.has(one.id))) {
      const { id, number } = ticket;
      const cc = copies.get(id);
      this.ledger.record({
        type: 'ticket.unmerged',
        subject: { type: 'ticket', id },
        data: {
          number,
          returnedIds: sources.map(({ ticketId }) => ticketId),
          returnedNumbers: sources.map(({ ticketId }) => tickets.get(ticketId)!.number),
        },
        ...(cc && { changes: { cc } }),
        operationId,
      });
    }
  }
}

function byTicket({
  ticketId,
  messages,
}: {
  ticketId: string;
  messages: number;
}): [string, number] {
  return [ticketId, messages];
}
