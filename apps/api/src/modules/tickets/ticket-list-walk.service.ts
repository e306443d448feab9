import { Injectable } from '@nestjs/common';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { ConversationSizes } from './conversation-sizes.service.js';
import type { TicketFilter } from './ticket-list-filter.js';
import { messagesToWalk, ticketsToWalk } from './ticket-list.sql.js';
import { toTicketDto, type TicketRow } from './tickets.view.js';
import type { TicketDto } from './dto/ticket.dto.js';

/** A ticket with everything that can be written about it. */
export interface WalkedTicket {
  ticket: TicketDto;
  fields: Record<string, unknown>;
}

/** A message as it is written to a file. */
interface WalkedMessage {
  id: string;
  ticketId: string;
  kind: string;
  channel: string;
  authorName: string;
  body: string;
  createdAt: string;
}

const FIRST = '00000000-0000-0000-0000-000000000000';
/** Tickets and messages of one trip: as many as memory never notices. */
const TICKETS_A_STEP = 500;
const MESSAGES_A_STEP = 200;

/** Every ticket that a filter lets through, in the order in which they were opened, a step at a time. */
@Injectable()
export class TicketWalk {
  constructor(
    private readonly db: TenantDb,
    private readonly sizes: ConversationSizes,
  ) {}

  /**
   * Steps of tickets. What is opened on the way is among them, and none is there twice. Notes are counted in the sizes of
   * their conversations only with `notes`.
   */
  async *tickets(filter: TicketFilter, notes: boolean): AsyncGenerator<WalkedTicket[]> {
    for (let after = FIRST; ;) {
      const { statement, values } = ticketsToWalk(filter, after, TICKETS_A_STEP);
      const rows = await this.db.sql<TicketRow & { fields: Record<string, unknown> }>(
        statement,
        values,
      );
      const step = rows.map(({ fields, ...row }) => ({ ticket: toTicketDto(row), fields }));
      if (!notes) await this.sizes.withoutNotes(step.map(({ ticket }) => ticket));
      if (step.length > 0) yield step;
      if (rows.length < TICKETS_A_STEP) return;
      after = rows.at(-1)!.id;
    }
  }

  /** Steps of the messages of `ticketIds`, those of one ticket together and the oldest first. Notes only with `notes`. */
  async *messages(ticketIds: readonly string[], notes: boolean): AsyncGenerator<WalkedMessage[]> {
    let place: (string | null)[] = [null, null, null];
    for (;;) {
      const values: unknown[] = [ticketIds, notes, ...place, MESSAGES_A_STEP];
      const rows = await this.db.sql<WalkedMessage>(messagesToWalk, values);
      if (rows.length > 0) yield rows;
      if (rows.length < MESSAGES_A_STEP) return;
      const last = rows.at(-1)!;
      place = [last.ticketId, last.createdAt, last.id];
    }
  }
}
