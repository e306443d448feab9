import { Injectable, NotFoundException } from '@nestjs/common';
import { v7 } from 'uuid';
import type { Message, Ticket } from '#core/database/generated/client.js';
import type { Caller } from './api-key.guard.js';
import type { CreateMessageDto, CreateTicketDto, PageQuery, TicketsQuery } from './dto.js';
import { EventsService } from './events.service.js';
import { PrismaService } from './prisma.service.js';

/** Where a count stops, for the same answer as the others give. */
const COUNTED_AT_MOST = 101;

@Injectable()
export class TicketsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly events: EventsService,
  ) {}

  async list({ organizationId }: Caller, { status, skip, limit }: TicketsQuery) {
    const where = status ? { status } : {};
    const [rows, counted] = await this.prisma.forTenant(organizationId, async (tx) => [
      await tx.ticket.findMany({
        where,
        orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }],
        skip,
        take: limit + 1,
      }),
      await tx.ticket.count({ where, take: COUNTED_AT_MOST }),
    ]);
    const data = rows.slice(0, limit);
    const last = rows.length > limit ? data.at(-1)! : null;
    return {
      data: data.map((row) => ({ ...toTicket(row), fields: undefined })),
      total: Math.min(counted, COUNTED_AT_MOST - 1),
      totalIsExact: counted < COUNTED_AT_MOST,
      skip,
      limit,
      nextCursor: last && cursorOf(last.updatedAt, last.id),
    };
  }

  async get({ organizationId }: Caller, id: string) {
    const row = await this.prisma.forTenant(organizationId, (tx) =>
      tx.ticket.findFirst({
        where: { id },
        include: { mergedInto: { select: { id: true, number: true } } },
      }),
    );
    if (!row) throw new NotFoundException();
    return toTicket(row);
  }

  async messages({ organizationId }: Caller, ticketId: string, { skip, limit }: PageQuery) {
    const { ticket, rows } = await this.prisma.forTenant(organizationId, async (tx) => ({
      ticket: await tx.ticket.findFirst({
        where: { id: ticketId },
        select: { messageCount: true },
      }),
      rows: await tx.message.findMany({
        where: { ticketId },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        skip,
        take: limit + 1,
        include: { origin: { select: { id: true, number: true } } },
      }),
    }));
    if (!ticket) throw new NotFoundException();
    const data = rows.slice(0, limit);
    const last = rows.length > limit ? data.at(-1)! : null;
    return {
      data: data.map(toMessage),
      total: ticket.messageCount,
      totalIsExact: true,
      skip,
      limit,
      nextCursor: last && cursorOf(last.createdAt, last.id),
    };
  }

  create(
    caller: Caller,
    { subject, body, priority = 'normal', tags = [], requester }: CreateTicketDto,
  ) {
    const { organizationId } = caller;
    return this.prisma.forTenant(organizationId, async (tx) => {
      const {
        id: requesterId,
        email,
        name,
      } = await tx.requester.upsert({
        where: { organizationId_email: { organizationId, email: requester.email } },
        create: {
          id: v7(),
          email: requester.email,
          name: requester.name ?? requester.email.split('@')[0]!,
        },
        update: {},
      });
      const { lastNumber: number } = await tx.ticketCounter.update({
        where: { organizationId },
        data: { lastNumber: { increment: 1 } },
      });
      const now = new Date();
      const ticket = await tx.ticket.create({
        data: {
          id: v7(),
          number,
          subject,
          priority,
          tags,
          channel: 'api',
          requesterId,
          requesterEmail: email,
          requesterName: name,
          messageCount: 1,
          createdAt: now,
          updatedAt: now,
          lastMessageAt: now,
        },
      });
      const message = await tx.message.create({
        data: {
          id: v7(),
          ticketId: ticket.id,
          kind: 'inbound',
          channel: 'api',
          authorRequesterId: requesterId,
          authorName: name,
          body,
          createdAt: now,
        },
      });
      await this.events.append(tx, caller, 'ticket.created', ticket.id, {
        assigneeId: null,
        channel: 'api',
        messageId: message.id,
        number,
        priority,
        requesterId,
        subject,
        tags,
      });
      return { ...toTicket(ticket), mergedInto: null };
    });
  }

  addMessage(caller: Caller, ticketId: string, { kind, body }: CreateMessageDto) {
    const { organizationId } = caller;
    return this.prisma.forTenant(organizationId, async (tx) => {
      const now = new Date();
      const { count } = await tx.ticket.updateMany({
        where: { id: ticketId },
        data: { messageCount: { increment: 1 }, updatedAt: now, lastMessageAt: now },
      });
      if (count === 0) throw new NotFoundException();
      const message = await tx.message.create({
        data: {
          id: v7(),
          ticketId,
          kind,
          channel: 'api',
          authorApiKeyId: caller.id,
          authorName: caller.name,
          body,
          deliveryStatus: kind === 'reply' ? 'queued' : null,
          createdAt: now,
        },
      });
      await this.events.append(
        tx,
        caller,
        kind === 'reply' ? 'ticket.replied' : 'ticket.noted',
        ticketId,
        { messageId: message.id },
      );
      return toMessage(message);
    });
  }
}

function toTicket(row: Ticket) {
  return {
    ...row,
    requester: { id: row.requesterId, email: row.requesterEmail, name: row.requesterName },
    assignee: row.assigneeId === null ? null : { id: row.assigneeId, name: row.assigneeName },
  };
}

function toMessage(row: Message & { origin?: { id: string; number: number } | null }) {
  const type = row.authorUserId ? 'user' : row.authorApiKeyId ? 'api_key' : 'requester';
  return {
    ...row,
    // Nobody is mentioned and nothing is attached in the data that is measured.
    mentions: [],
    attachments: [],
    originTicket: row.origin ?? null,
    author: {
      type,
      id: row.authorUserId ?? row.authorApiKeyId ?? row.authorRequesterId,
      name: row.authorName,
    },
    delivery:
      row.deliveryStatus === null ? null : { status: row.deliveryStatus, sentAt: row.deliveredAt },
  };
}

function cursorOf(at: Date, id: string): string {
  return Buffer.from(`${at.toISOString()}|${id}`).toString('base64url');
}
