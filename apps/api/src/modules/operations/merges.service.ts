import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { ValidationFailed } from '#core/errors/domain-error.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { OperationDto } from './dto/operation.dto.js';
import { MergedCopies } from './merged-copies.service.js';
import { OperationRecords, type LockedTicket } from './operation-records.service.js';
import { OperatedTicketNotFound, TicketWasMerged } from './operations.exceptions.js';
import { moveMessages, recountMessages, writeTickets } from './operations.sql.js';

/** Many tickets into one. Taking it back is in `merge-undoing.service.ts`. */
@Injectable()
export class Merges {
  constructor(
    private readonly db: TenantDb,
    private readonly records: OperationRecords,
    private readonly copies: MergedCopies,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /**
   * Merges the tickets `sourceIds` into `targetId`: their messages go there and say where they came from, they
   * themselves are closed and point at it. Neither side may have been merged before, so a chain only ever grows at its
   * end and never closes to a ring: of two who merge A into B and B into A at once the second is refused.
   * Throws {@link OperatedTicketNotFound}, {@link TicketWasMerged}, ValidationFailed when a ticket is merged into itself.
   */
  async merge(targetId: string, sourceIds: readonly string[]): Promise<OperationDto> {
    if (sourceIds.includes(targetId))
      throw new ValidationFailed([
        { field: 'ticketIds', problem: 'must not name the ticket that they are merged into' },
      ]);
    return this.db.transaction((tx) => this.#merge(tx, targetId, sourceIds));
  }

  async #merge(
    tx: TenantTransaction,
    targetId: string,
    sourceIds: readonly string[],
  ): Promise<OperationDto> {
    const locked = await this.records.lock(tx, [targetId, ...sourceIds]);
    const found = (id: string): LockedTicket => {
      const ticket = locked.get(id);
      if (!ticket) throw new OperatedTicketNotFound();
      return ticket;
    };
    const target = found(targetId);
    const sources = sourceIds.map(found);
    for (const ticket of [target, ...sources]) refuseMerged(ticket);

    const id = await this.records.begin(
      tx,
      'merge',
      { targetId, ticketIds: sourceIds },
      { status: 'running', total: sources.length },
    );
    const ccAdded = await this.copies.join(tx, target, sources);
    const moved = await tx.sql<{ ticketId: string; messages: number }>(moveMessages, [
      id,
      [...sourceIds],
      targetId,
      null,
    ]);
    const messages = new Map(moved.map((row) => [row.ticketId, row.messages]));
    const written = await this.#close(tx, target, sources);
    await tx.sql(recountMessages, [[targetId, ...sourceIds]]);
    await this.records.addItems(tx, id, [
      {
        ...{ position: 0, ticketId: targetId, status: 'done' as const },
        after: { ccAdded },
      },
      ...sources.map((source, at) => ({
        ...{ position: at + 1, ticketId: source.id, status: 'done' as const },
        before: stateOf(source),
        after: { ...written.get(source.id), mergedIntoId: targetId, snoozedUntil: null },
      })),
    ]);
    this.#tell(id, target, sources, messages, ccAdded);
    const result = { targetId, targetNumber: target.number, messages: sum(messages.values()) };
    return this.records.finish(tx, id, { status: 'done', done: sources.length, failed: 0, result });
  }

  /** Closes `sources` and points them at `target`. Gives the state that each is in now. */
  async #close(
    tx: TenantTransaction,
    target: LockedTicket,
    sources: LockedTicket[],
  ): Promise<Map<string, { status: string; stateId: string }>> {
    const data = (ticket: LockedTicket): object => ({
      ...(ticket.status !== 'closed' && { status: 'closed' }),
      ...{ mergedIntoId: target.id, snoozedUntil: null },
    });
    // The target is written too, without a change of its own: whoever shows it sees that it has become another one.
    const writes = [
      ...sources.map((ticket) => ({ id: ticket.id, data: data(ticket) })),
      { id: target.id, data: {} },
    ];
    const rows = await tx.sql<{ id: string; status: string; stateId: string }>(writeTickets, [
      JSON.stringify(writes),
      this.clock.now(),
    ]);
    return new Map(rows.map(({ id, status, stateId }) => [id, { status, stateId }]));
  }

  #tell(
    operationId: string,
    target: LockedTicket,
    sources: LockedTicket[],
    messages: Map<string, number>,
    ccAdded: string[],
  ): void {
    for (const { id, number, status, snoozedUntil } of sources) {
      this.ledger.record({
        type: 'ticket.merged',
        subject: { type: 'ticket', id },
        data: {
          ...{ number, intoId: target.id, intoNumber: target.number },
          messages: messages.get(id) ?? 0,
        },
        changes: {
          ...(status !== 'closed' && { status: [status, 'closed'] as [unknown, unknown] }),
          ...(snoozedUntil !== null && {
            snoozedUntil: [snoozedUntil, null] as [unknown, unknown],
          }),
          mergedIntoId: [null, target.id],
        },
        operationId,
      });
    }
    this.ledger.record({
      type: 'ticket.merged',
      subject: { type: 'ticket', id: target.id },
      data: {
        number: target.number,
        fromIds: sources.map(({ id }) => id),
        fromNumbers: sources.map(({ number }) => number),
        messages: sum(messages.values()),
      },
      ...(ccAdded.length > 0 && { changes: { cc: [target.cc, [...target.cc, ...ccAdded]] } }),
      operationId,
    });
  }
}

/** What a merge changes of a ticket that is merged away. */
function stateOf(ticket: LockedTicket): Record<string, unknown> {
  const { status, stateId, closedAt, snoozedUntil } = ticket;
  return { status, stateId, closedAt, snoozedUntil, mergedIntoId: null };
}

/** Throws {@link TicketWasMerged}. */
export function refuseMerged({ id, number, mergedIntoId }: LockedTicket): void {
  if (mergedIntoId !== null) throw new TicketWasMerged({ id, number, mergedIntoId });
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((all, one) => all + one, 0);
}
