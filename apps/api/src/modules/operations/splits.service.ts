import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { newId } from '#core/context/ids.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { ConversationSizes } from '#modules/tickets/conversation-sizes.service.js';
import { TicketAllowance } from '#modules/tickets/ticket-allowance.service.js';
import { TicketsService } from '#modules/tickets/tickets.service.js';
import type { OperationWithTicketDto } from './dto/merge.dto.js';
import type { OperationDto } from './dto/operation.dto.js';
import { refuseMerged } from './merges.service.js';
import { OperationRecords, type LockedTicket } from './operation-records.service.js';
import {
  MessageNotOnTicket,
  NothingLeftBehind,
  OperatedTicketNotFound,
} from './operations.exceptions.js';
import {
  createSplitTicket,
  holdAskers,
  messagesToSplit,
  moveMessages,
  recountMessages,
  writeTickets,
} from './operations.sql.js';

interface SplitTicket {
  number: number;
  requesterId: string;
  assigneeId: string | null;
  teamId: string | null;
  type: string | null;
  priority: string;
  tags: string[];
  channel: string;
}

interface SplitOptions {
  subject: string | undefined;
  /** Whether the caller may see notes. */
  seesNotes: boolean;
}

/** Some messages of a ticket become one of their own. Taking it back is in `split-undoing.service.ts`. */
@Injectable()
export class Splits {
  constructor(
    private readonly db: TenantDb,
    private readonly records: OperationRecords,
    private readonly tickets: TicketsService,
    private readonly sizes: ConversationSizes,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly allowance: TicketAllowance,
  ) {}

  /**
   * Moves `messageIds` of the ticket to a new one, whose requester is whoever asked first in them. It is shown
   * as the caller may see it, and refused as if there were no notes to a caller who may not see them. Throws
   * {@link OperatedTicketNotFound}, {@link MessageNotOnTicket}, {@link NothingLeftBehind}, TicketWasMerged, LimitReached.
   */
  async split(
    ticketId: string,
    messageIds: readonly string[],
    { subject, seesNotes }: SplitOptions,
  ): Promise<OperationWithTicketDto> {
    const newTicketId = newId();
    const operation = await this.db.transaction((tx) =>
      this.#split(tx, ticketId, newTicketId, messageIds, { subject, seesNotes }),
    );
    const ticket = await this.tickets.get(newTicketId);
    if (!seesNotes) await this.sizes.withoutNotes([ticket]);
    return { operation, ticket };
  }

  async #split(
    tx: TenantTransaction,
    ticketId: string,
    newTicketId: string,
    messageIds: readonly string[],
    { subject, seesNotes }: SplitOptions,
  ): Promise<OperationDto> {
    await tx.sql(holdAskers, [ticketId, [...messageIds]]);
    const ticket = (await this.records.lock(tx, [ticketId])).get(ticketId);
    if (!ticket) throw new OperatedTicketNotFound();
    refuseMerged(ticket);
    const messages = await tx.sql<{ id: string; requesterId: string | null }>(messagesToSplit, [
      ticketId,
      [...messageIds],
      seesNotes,
    ]);
    if (messages.length < messageIds.length) throw new MessageNotOnTicket();
    const seen = seesNotes ? {} : { kind: { not: 'note' } };
    if ((await tx.message.count({ where: { ticketId, ...seen } })) === messages.length)
      throw new NothingLeftBehind();
    await this.allowance.require(tx);

    const id = await this.records.begin(
      tx,
      'split',
      { ticketId, messageIds, ...(subject !== undefined && { subject }) },
      { status: 'running', total: 1 },
    );
    const requesterId = messages.find((one) => one.requesterId !== null)?.requesterId;
    const [made] = await tx.sql<SplitTicket>(createSplitTicket, [
      ...[newTicketId, ticketId, subject ?? ticket.subject],
      ...[requesterId ?? ticket.requesterId, this.clock.now()],
    ]);
    await tx.sql(moveMessages, [id, [ticketId], newTicketId, [...messageIds]]);
    // Without a change of its own: whoever shows the old ticket sees that it has become another one.
    await tx.sql(writeTickets, [JSON.stringify([{ id: ticketId, data: {} }]), this.clock.now()]);
    await tx.sql(recountMessages, [[ticketId, newTicketId]]);
    await this.records.addItems(tx, id, [
      { position: 0, ticketId, status: 'done', after: { newTicketId } },
      { position: 1, ticketId: newTicketId, status: 'done' },
    ]);
    this.#tell(
      id,
      ticket,
      { id: newTicketId, subject: subject ?? ticket.subject, ...made! },
      messages,
    );
    const result = { ticketId: newTicketId, number: made!.number, messages: messages.length };
    return this.records.finish(tx, id, { status: 'done', done: 1, failed: 0, result });
  }

  #tell(
    operationId: string,
    from: LockedTicket,
    made: SplitTicket & { id: string; subject: string },
    messages: { id: string }[],
  ): void {
    const { id, number, subject, priority, tags, channel, requesterId, assigneeId } = made;
    const { teamId, type } = made;
    this.ledger.record({
      type: 'ticket.created',
      subject: { type: 'ticket', id },
      data: {
        ...{ number, subject, priority, tags, channel, requesterId, assigneeId },
        ...(type !== null && { type }),
        ...(teamId !== null && { teamId }),
        ...{ messageId: messages[0]!.id, splitFromId: from.id, splitFromNumber: from.number },
      },
      operationId,
    });
    this.ledger.record({
      type: 'ticket.split',
      subject: { type: 'ticket', id: from.id },
      data: {
        ...{ number: from.number, newId: id, newNumber: number },
        messageIds: messages.map((message) => message.id),
      },
      operationId,
    });
  }
}
