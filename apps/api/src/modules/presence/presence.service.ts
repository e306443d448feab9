import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { requirePerson } from '#core/tenancy/current-person.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { TicketNotFound } from '#modules/tickets/messages.service.js';
import type { PresenceDto, PresentPersonDto } from './dto/presence.dto.js';
import { presentAt, showPresence } from './presence.sql.js';
import { GONE_AFTER } from './presence-terms.js';

/** Who has a ticket open, and who is typing on it. Told to whoever listens by the table's own notification. */
@Injectable()
export class PresenceService {
  constructor(
    private readonly db: TenantDb,
    private readonly clock: Clock,
  ) {}

  /** The people at a ticket. Throws TicketNotFound. */
  async at(ticketId: string): Promise<PresenceDto> {
    const since = new Date(this.clock.now().getTime() - GONE_AFTER);
    const rows = await this.db.sql<PresentPersonDto>(presentAt, [ticketId, since]);
    if (rows.length === 0) throw new TicketNotFound();
    return { people: rows.filter(({ id }) => id !== null) };
  }

  /** Says that the caller is at the ticket. Throws TicketNotFound, PersonMissing. */
  async show(ticketId: string, state: 'viewing' | 'typing'): Promise<PresenceDto> {
    const values = [ticketId, requirePerson(), state, this.clock.now()];
    const shown = await this.db.sql(showPresence, values);
    if (shown.length === 0) throw new TicketNotFound();
    return this.at(ticketId);
  }

  /** Says that the caller has left the ticket. Quiet when they were not there. Throws PersonMissing. */
  async leave(ticketId: string): Promise<void> {
    await this.db.client.ticketPresence.deleteMany({
      where: { ticketId, userId: requirePerson() },
    });
  }
}
