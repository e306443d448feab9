import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { ValidationFailed } from '#core/errors/domain-error.js';
import { COUNTED_AT_MOST, toPage, type Page, type PageRequest } from '#core/database/page.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import type { NewEvent } from '#core/ledger/ledger-event.js';
import { requirePerson } from '#core/tenancy/current-person.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { Attachments } from '#modules/attachments/attachments.service.js';
import type { MessageDto } from './dto/message.dto.js';
import { DraftGone } from './drafts.exceptions.js';
import {
  MessageComposition,
  type ComposedMessage,
  type NewMessage,
} from './message-composition.service.js';
import { CustomerWrote, MessagesMoved } from './messages.exceptions.js';
import {
  addMessage,
  addMessageAfter,
  customerWroteAfter,
  messagesOfTicket,
  ticketOfMessage,
  ticketToWriteOn,
  writeMessage,
} from './messages.sql.js';
import { toMessageDto, type MessageRow } from './messages.view.js';
import { TicketChanges } from './ticket-changes.service.js';
import type { TicketStatus } from './ticket-terms.js';
import { TicketIsMerged, TicketNotFound } from './tickets.exceptions.js';
import { holdRequester } from './tickets.sql.js';
import { iso } from './tickets.view.js';

// A room is entered by its service: others that hang on a ticket fail in the same way.
export { TicketNotFound };
export type { ComposedMessage, NewMessage };

/** What a message is sent with. */
export interface Sending {
  /** The newest message that the writer has seen: they are asked when the customer wrote after it. */
  lastSeenMessageId?: string;
  /** What becomes of the ticket with it. */
  status?: TicketStatus;
  stateId?: string;
  /** Whether the writer's draft of that kind is what is sent, and is gone then. */
  fromDraft?: boolean;
  /** The operation that it is a part of. */
  operationId?: string;
}

/** What is said on a ticket by the desk. What requesters say comes in through `ticket-intake.service.ts`. */
@Injectable()
export class MessagesService {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly composition: MessageComposition,
    private readonly changes: TicketChanges,
    private readonly attachments: Attachments,
  ) {}

  /** The conversation, the oldest first, as far as the reader may see it. Throws {@link TicketNotFound}. */
  async list(
    ticketId: string,
    { seesNotes }: { seesNotes: boolean },
    page: PageRequest,
  ): Promise<Page<MessageDto>> {
    const { statement, values } = messagesOfTicket(ticketId, { seesNotes }, page);
    const found = await this.db.sql<MessageRow & { counted: number }>(statement, values);
    const total = found[0]?.counted;
    if (total === undefined) throw new TicketNotFound();
    const rows = found.filter(({ id }) => id !== null);
    const withFiles = rows.filter(({ attachmentCount }) => attachmentCount > 0);
    const files =
      withFiles.length === 0
        ? new Map<string, never>()
        : await this.attachments.of(withFiles.map(({ id }) => id));
    const result = toPage(
      rows,
      page,
      Math.min(total, COUNTED_AT_MOST - 1),
      (row) => ({ key: iso(row.createdAt), id: row.id }),
      (row) => toMessageDto(row, files.get(row.id)),
    );
    // Counted as messages come in, so it is exact whatever its size.
    return { ...result, total, totalIsExact: true };
  }

  /** Whom a note names, and who wrote it; null for what is no note. */
  mentionsOf(
    messageId: string,
  ): Promise<{ id: string; mentions: string[]; authorName: string } | null> {
    return this.db.client.message.findFirst({
      where: { id: messageId, kind: 'note' },
      select: { id: true, mentions: true, authorName: true },
    });
  }

  /**
   * Adds a reply, which is then mailed to the requester, or a note; all of it or nothing. Throws {@link TicketNotFound},
   * {@link TicketIsMerged}, {@link MessagesMoved}, {@link CustomerWrote}, {@link DraftGone}, MentionRefused,
   * ValidationFailed, what claiming its attachments throws, and what changing the ticket throws.
   */
  async add(ticketId: string, message: NewMessage, sending: Sending = {}): Promise<MessageDto> {
    const composed = await this.composition.compose(message);
    const row = await this.#addAtOnce(ticketId, composed, sending);
    if (row) return toMessageDto({ ...row, mentioned: composed.mentioned });
    return this.db.transaction((tx) => this.write(tx, ticketId, composed, sending));
  }

  /** {@link add} inside `tx`, of a message that was composed before it. */
  async write(
    tx: TenantTransaction,
    ticketId: string,
    composed: ComposedMessage,
    sending: Sending = {},
  ): Promise<MessageDto> {
    const { status, stateId, fromDraft, operationId } = sending;
    const { id, kind, attachmentIds, mentioned } = composed;
    await this.#hold(tx, ticketId, sending.lastSeenMessageId);
    if (fromDraft) await endDraft(tx, ticketId, kind);
    const values = [...valuesOf(ticketId, composed), this.clock.now().toISOString()];
    const [row] = await tx.sql<MessageRow>(writeMessage, values);
    this.ledger.record({
      ...eventOf(ticketId, composed),
      ...(operationId !== undefined && { operationId }),
    });
    const files =
      attachmentIds.length > 0 ? await this.attachments.claim(tx, attachmentIds, id) : [];
    const change = { ...(status && { status }), ...(stateId && { stateId }) };
    if (status ?? stateId)
      await this.changes.apply(tx, ticketId, change, operationId ? { operationId } : {});
    return toMessageDto({ ...row!, mentioned }, files);
  }

  /** In one round trip, when nothing hangs on it. Gives nothing, and has written nothing, when it takes a closer look. */
  async #addAtOnce(
    ticketId: string,
    composed: ComposedMessage,
    { lastSeenMessageId, status, stateId, fromDraft }: Sending,
  ): Promise<MessageRow | undefined> {
    if (composed.attachmentIds.length > 0 || fromDraft || status || stateId) return undefined;
    const event = this.ledger.prepare(eventOf(ticketId, composed));
    const values = [...valuesOf(ticketId, composed), event.occurredAt, JSON.stringify(event)];
    const [row] = await (lastSeenMessageId === undefined
      ? this.db.sql<MessageRow>(addMessage, values)
      : this.db.sql<MessageRow>(addMessageAfter, [...values, lastSeenMessageId]));
    return row;
  }

  /** Keeps the ticket as it is until the end of `tx`, and makes sure that the message may be added to it. */
  async #hold(tx: TenantTransaction, ticketId: string, lastSeen?: string): Promise<void> {
    await tx.sql(holdRequester, [ticketId]);
    const [ticket] = await tx.sql<{ mergedIntoId: string | null; mergedIntoNumber: number | null }>(
      ticketToWriteOn,
      [ticketId],
    );
    if (!ticket) throw new TicketNotFound();
    if (ticket.mergedIntoId !== null)
      throw new TicketIsMerged(ticket.mergedIntoId, ticket.mergedIntoNumber);
    if (lastSeen === undefined) return;
    const [home] = await tx.sql<{ ticketId: string; number: number }>(ticketOfMessage, [lastSeen]);
    if (!home)
      throw new ValidationFailed([
        { field: 'lastSeenMessageId', problem: 'is no message of this ticket' },
      ]);
    if (home.ticketId !== ticketId) throw new MessagesMoved(home);
    const wrote = await tx.sql<{ id: string }>(customerWroteAfter, [ticketId, lastSeen]);
    if (wrote.length > 0) throw new CustomerWrote(wrote.map(({ id }) => id));
  }
}

/** Whoever sends a draft a second time, from another window, finds that it is gone: nothing is said twice. */
async function endDraft(tx: TenantTransaction, ticketId: string, kind: string): Promise<void> {
  const { count } = await tx.draft.deleteMany({
    where: { userId: requirePerson(), ticketId, kind },
  });
  if (count === 0) throw new DraftGone();
}

function eventOf(ticketId: string, { id, kind }: ComposedMessage): NewEvent {
  return {
    type: kind === 'reply' ? 'ticket.replied' : 'ticket.noted',
    subject: { type: 'ticket', id: ticketId },
    data: { messageId: id },
  };
}

function valuesOf(ticketId: string, composed: ComposedMessage): unknown[] {
  const { id, kind, channel, author, body, html, cc, bcc, mentioned, attachmentIds } = composed;
  return [
    ...[ticketId, id, kind, channel, author.userId, author.apiKeyId, author.name, body, html],
    ...[cc, bcc, mentioned.map((person) => person.id), attachmentIds.length],
  ];
}
