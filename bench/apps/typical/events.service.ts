import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Prisma } from '#core/database/generated/client.js';
import type { Caller } from './api-key.guard.js';
import type { EventsQuery } from './dto.js';
import { PrismaService } from './prisma.service.js';

@Injectable()
export class EventsService {
  constructor(private readonly prisma: PrismaService) {}

  async after({ organizationId }: Caller, { after, limit }: EventsQuery) {
    const { rows, head } = await this.prisma.forTenant(organizationId, async (tx) => ({
      rows: await tx.ledgerEvent.findMany({
        where: { seq: { gt: after } },
        orderBy: [{ organizationId: 'asc' }, { seq: 'asc' }],
        take: limit + 1,
      }),
      head: await tx.ledgerHead.findFirstOrThrow({ select: { seq: true } }),
    }));
    const data = rows.slice(0, limit).map((row) => ({
      ...row,
      actor: { type: row.actorType, id: row.actorId },
      subject: { type: row.subjectType, id: row.subjectId },
    }));
    const hasMore = rows.length > limit;
    const nextAfter = Number(data.at(-1)?.seq ?? after);
    return {
      data,
      total: rows.length === 0 ? 0 : Number(head.seq) - after,
      totalIsExact: true,
      skip: 0,
      limit,
      nextCursor: null,
      nextAfter,
      hasMore,
    };
  }

  /** Writes an event by the same function as the product, as the transaction's last statement. */
  async append(
    tx: Prisma.TransactionClient,
    caller: Caller,
    type: string,
    ticketId: string,
    data: Record<string, unknown>,
  ): Promise<void> {
    const event = {
      id: randomUUID(),
      type,
      occurredAt: new Date().toISOString(),
      actorType: 'api_key',
      actorId: caller.id,
      subjectType: 'ticket',
      subjectId: ticketId,
      payload: JSON.stringify({ changes: null, data }),
      requestId: randomUUID(),
      depth: 0,
    };
    await tx.$queryRaw`select ledger_append(${JSON.stringify([event])}::jsonb)`;
  }
}
