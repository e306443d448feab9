import { Injectable } from '@nestjs/common';
import { toPage, type Page, type PageRequest } from '#core/database/page.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { TicketEventDto } from './dto/ticket-event.dto.js';
import { ticketTimeline } from './ticket-timeline.sql.js';
import { TicketNotFound } from './tickets.exceptions.js';

interface TimelineRow extends Omit<TicketEventDto, 'actor'> {
  actorType: string;
  actorId: string | null;
  actorName: string | null;
  counted: number;
}

/** Everything that happened to a ticket, as the log has it. */
@Injectable()
export class TicketTimeline {
  constructor(private readonly db: TenantDb) {}

  /** One page of it, the newest first. That a note was written is only for those who read notes. Throws {@link TicketNotFound}. */
  async list(
    ticketId: string,
    seesNotes: boolean,
    page: PageRequest,
  ): Promise<Page<TicketEventDto>> {
    const { statement, values } = ticketTimeline(ticketId, { seesNotes }, page);
    const rows = await this.db.sql<TimelineRow>(statement, values);
    if (rows.length === 0) await this.#require(ticketId);
    // Past the end there is no row to carry the count: what was skipped is then all there is, at least.
    const counted = rows[0]?.counted ?? page.skip;
    return toPage(
      rows,
      page,
      counted,
      ({ seq, id }) => ({ key: String(seq), id }),
      (row) => toEventDto(row, seesNotes),
    );
  }

  /** Every ticket has begun, so only one that is not there has nothing to tell; or the page is past the end. */
  async #require(id: string): Promise<void> {
    if ((await this.db.client.ticket.count({ where: { id } })) === 0) throw new TicketNotFound();
  }
}

/** What was moved by a merge or a split counts and names notes among the rest. */
function withoutMoved(data: TimelineRow['data']): TimelineRow['data'] {
  if (data === null) return null;
  const { messages: _, messageIds: __, ...rest } = data;
  return rest;
}

function toEventDto(row: TimelineRow, seesNotes: boolean): TicketEventDto {
  const { actorType, actorId, actorName, counted: _, ...event } = row;
  const data = seesNotes ? event.data : withoutMoved(event.data);
  return { ...event, data, actor: { type: actorType, id: actorId, name: actorName } };
}
