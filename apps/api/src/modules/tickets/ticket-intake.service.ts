import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { newId } from '#core/context/ids.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import type { TenantClient, TenantTransaction } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { CustomersService, type KnownCustomer } from '#modules/customers/customers.service.js';
import { Teams } from '#modules/teams/teams.service.js';
import { endOfChain, heldTicket } from './ticket-intake.sql.js';

/** Addresses that a ticket sends copies to. */
const MOST_COPIES = 50;

/** A mail as the desk takes it in. */
export interface IncomingMail {
  from: { email: string; name: string };
  subject: string;
  body: string;
  /** Safe HTML, when it has any. */
  html: string | null;
  /** The history below what was written: HTML beside HTML, text otherwise. */
  quote: string | null;
  /** Who got a copy, without the desk's own addresses. */
  cc: readonly string[];
  /** The mail's own Message-ID, by which later mails refer to it. */
  mailMessageId: string | null;
  attachmentCount: number;
  /** Whether a person wrote it: a machine's, such as a vacation notice, neither opens a ticket again nor adds people to it. */
  isPersonal: boolean;
}

export interface TakenIn {
  ticketId: string;
  ticketNumber: number;
  messageId: string;
}

interface HeldTicket {
  id: string;
  number: number;
  status: string;
  cc: string[];
  requesterId: string;
  mergedIntoId: string | null;
  snoozedUntil: string | null;
}

/** The desk's side of the mail channel: what comes in becomes tickets and messages. */
@Injectable()
export class TicketIntake {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly customers: CustomersService,
    private readonly teams: Teams,
  ) {}

  /** Which tickets hold a received mail with one of these Message-IDs. */
  async ticketsByMail(
    mailMessageIds: readonly string[],
  ): Promise<{ messageId: string; ticketId: string }[]> {
    const rows = await this.db.client.message.findMany({
      where: { mailMessageId: { in: [...mailMessageIds] } },
      select: { mailMessageId: true, ticketId: true },
      orderBy: { createdAt: 'desc' },
      take: 50,
    });
    return rows.map((row) => ({ messageId: row.mailMessageId!, ticketId: row.ticketId }));
  }

  /** The ticket itself, or the one at the end of the merges that it went into; null when it is not there. */
  async standing(ticketId: string): Promise<string | null> {
    const [end] = await this.db.sql<{ id: string }>(endOfChain, [ticketId]);
    return end?.id ?? null;
  }

  /**
   * Whether the ticket exists and `email`, any address of theirs, is its requester's, gets its copies or wrote on it
   * before; of a merged ticket also on the one that it went into.
   */
  async isParticipant(ticketId: string, email: string): Promise<boolean> {
    const end = (await this.standing(ticketId)) ?? ticketId;
    const ids = { in: [ticketId, end] };
    const asRequester = await this.db.client.requester.count({
      where: {
        addresses: { some: { email } },
        OR: [
          { tickets: { some: { id: ids } } },
          { messages: { some: { ticketId: ids } } },
          // What somebody wrote before they were merged stays under the name that they had.
          { mergedHere: { some: { messages: { some: { ticketId: ids } } } } },
        ],
      },
    });
    if (asRequester > 0) return true;
    return (await this.db.client.ticket.count({ where: { id: ids, cc: { has: email } } })) > 0;
  }

  /** Opens a ticket for a mail, inside `tx`. */
  async open(tx: TenantTransaction, mail: IncomingMail): Promise<TakenIn> {
    const now = this.clock.now();
    const requester = await this.customers.findOrMake(tx, mail.from);
    const id = newId();
    const number = await this.#nextNumber(tx);
    const teamId = await this.teams.defaultId(tx);
    const { id: requesterId, email: requesterEmail, name: requesterName, companyId } = requester;
    await tx.ticket.createMany({
      data: [
        {
          ...{ id, number, requesterId, requesterEmail, requesterName, companyId, teamId },
          subject: mail.subject,
          channel: 'email',
          tags: [],
          cc: copiesOf(mail, []),
          messageCount: 1,
          ...{ createdAt: now, updatedAt: now, lastMessageAt: now },
        },
      ],
    });
    const messageId = await this.#message(tx, id, requester, mail, now);
    this.ledger.record({
      type: 'ticket.created',
      subject: { type: 'ticket', id },
      data: {
        number,
        subject: mail.subject,
        priority: 'normal',
        tags: [],
        channel: 'email',
        requesterId,
        assigneeId: null,
        messageId,
        ...(teamId && { teamId }),
      },
    });
    return { ticketId: id, ticketNumber: number, messageId };
  }

  /**
   * Adds a mail to `ticketId`, or to the ticket that it was merged into, inside `tx`. A person's mail opens the ticket
   * again unless it is open, and wakes one that sleeps.
   */
  async add(tx: TenantTransaction, ticketId: string, mail: IncomingMail): Promise<TakenIn> {
    const now = this.clock.now();
    const requester = await this.customers.findOrMake(tx, mail.from);
    const before = await this.#hold(tx, ticketId);
    const { id, number } = before;
    const messageId = await this.#message(tx, id, requester, mail, now);
    const cc = mail.isPersonal ? copiesOf(mail, before.cc) : before.cc;
    const reopens = mail.isPersonal && before.status !== 'open';
    const wakes = mail.isPersonal && before.snoozedUntil !== null;
    await tx.ticket.updateMany({
      where: { id },
      data: {
        messageCount: { increment: 1 },
        ...{ updatedAt: now, lastMessageAt: now },
        ...(cc.length > before.cc.length && { cc }),
        ...(reopens && { status: 'open', closedAt: null }),
        ...(wakes && { snoozedUntil: null }),
      },
    });
    this.#record('ticket.message_received', before, undefined, {
      messageId,
      requesterId: requester.id,
    });
    if (cc.length > before.cc.length)
      this.#record('ticket.updated', before, { cc: [before.cc, cc] });
    if (reopens) this.#record('ticket.reopened', before, { status: [before.status, 'open'] });
    if (wakes) this.#record('ticket.woken', before, { snoozedUntil: [before.snoozedUntil, null] });
    return { ticketId: id, ticketNumber: number, messageId };
  }

  /** The number of a ticket that is there, inside `tx`. */
  async numberOf(tx: TenantClient, ticketId: string): Promise<number> {
    return (await tx.ticket.findFirstOrThrow({ where: { id: ticketId }, select: { number: true } }))
      .number;
  }

  /** Notes on a reply what became of its delivery, inside `tx`. Gives false, and changes nothing, when that is known already. */
  async noteDelivery(
    tx: TenantClient,
    messageId: string,
    status: 'sent' | 'failed',
    at: Date | null,
  ): Promise<boolean> {
    const where = { id: messageId, deliveryStatus: 'queued' };
    const { count } = await tx.message.updateMany({
      where,
      data: { deliveryStatus: status, deliveredAt: at },
    });
    return count > 0;
  }

  /** The ticket that mails to `ticketId` go to, held. What was merged while it was looked for is followed further. */
  async #hold(tx: TenantTransaction, ticketId: string): Promise<HeldTicket> {
    const [end] = await tx.sql<{ id: string }>(endOfChain, [ticketId]);
    const [held] = await tx.sql<HeldTicket>(heldTicket, [end?.id ?? ticketId]);
    if (!held) throw new Error(`ticket ${ticketId} is gone: tickets are never deleted`);
    return held.mergedIntoId === null ? held : this.#hold(tx, held.mergedIntoId);
  }

  #record(
    type: string,
    { id, number }: HeldTicket,
    changes?: Record<string, [unknown, unknown]>,
    facts: Record<string, unknown> = {},
  ): void {
    const subject = { type: 'ticket', id };
    this.ledger.record({ type, subject, data: { number, ...facts }, ...(changes && { changes }) });
  }

  async #nextNumber(tx: TenantClient): Promise<number> {
    await tx.ticketCounter.createMany({ data: [{}], skipDuplicates: true });
    const [counter] = await tx.ticketCounter.updateManyAndReturn({
      where: {},
      data: { lastNumber: { increment: 1 } },
      select: { lastNumber: true },
    });
    return counter!.lastNumber;
  }

  async #message(
    tx: TenantClient,
    ticketId: string,
    requester: KnownCustomer,
    mail: IncomingMail,
    createdAt: Date,
  ): Promise<string> {
    const id = newId();
    const { body, html, quote, cc, mailMessageId, attachmentCount } = mail;
    const written = { body, html, quote, cc: [...cc], mailMessageId, attachmentCount };
    await tx.message.createMany({
      data: [
        {
          ...{ id, ticketId, kind: 'inbound', channel: 'email', createdAt },
          authorRequesterId: requester.id,
          authorName: requester.name,
          ...written,
        },
      ],
    });
    return id;
  }
}

/** Who gets copies from now on: those who did, and who the mail names besides its sender. */
function copiesOf(mail: IncomingMail, before: readonly string[]): string[] {
  const named = mail.isPersonal ? mail.cc.filter((email) => email !== mail.from.email) : [];
  return [...new Set([...before, ...named])].slice(0, Math.max(MOST_COPIES, before.length));
}
