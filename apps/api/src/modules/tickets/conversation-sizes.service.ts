import { Injectable } from '@nestjs/common';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { TicketDto } from './dto/ticket.dto.js';
import { visibleSizes } from './messages.sql.js';

/** How long conversations are for readers who may not see notes: a number that counts them would say that there are some. */
@Injectable()
export class ConversationSizes {
  constructor(private readonly db: TenantDb) {}

  /** Counts the messages of `tickets` anew, without the notes. */
  async withoutNotes(tickets: readonly TicketDto[]): Promise<void> {
    if (tickets.length === 0) return;
    const ids = tickets.map(({ id }) => id);
    const rows = await this.db.sql<{ id: string; size: number }>(visibleSizes, [ids]);
    const sizes = new Map(rows.map(({ id, size }) => [id, size]));
    for (const ticket of tickets) ticket.messageCount = sizes.get(ticket.id) ?? 0;
  }
}
