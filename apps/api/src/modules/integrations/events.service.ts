import { Injectable } from '@nestjs/common';
import { hiddenEventTypes } from '#core/ledger/event-visibility.js';
import type { Permission } from '#core/tenancy/permissions.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { EventDto } from './dto/event.dto.js';
import { EVERYTHING, type EventFilter } from './event-filter.js';
import {
  eventsAfter,
  eventsAmong,
  logHead,
  LONGEST_LOOK,
  toEventDto,
  type EventRow,
} from './events.view.js';

/**
 * A stretch of the log. `nextAfter` is where to go on, past what was not asked for too; `hasMore` whether there is more
 * already. `total` is how many follow `after`; when only some are asked for, how many of them were found.
 */
export interface EventStretch {
  events: EventDto[];
  nextAfter: number;
  hasMore: boolean;
  total: number;
  totalIsExact: boolean;
}

/** The organization's log, read in order. A row that can be seen has no earlier one still to come. */
@Injectable()
export class EventsService {
  constructor(private readonly db: TenantDb) {}

  /** The seq of the newest event. */
  async head(): Promise<number> {
    const [row] = await this.db.sql<{ seq: number }>(logHead, []);
    return row!.seq;
  }

  /** Up to `limit` events with a seq greater than `after`, as somebody with `permissions` may see them. */
  async after(
    after: number,
    limit: number,
    permissions: ReadonlySet<Permission>,
    filter: EventFilter = EVERYTHING,
  ): Promise<EventStretch> {
    const hidden = hiddenEventTypes(permissions);
    const isAll = filter.types === null && filter.subjectId === null && hidden.length === 0;
    const rows = isAll
      ? await this.db.sql<EventRow>(eventsAfter, [after, limit + 1])
      : await this.db.sql<EventRow>(eventsAmong, [
          ...[after, limit + 1, filter.types, hidden, filter.subjectId],
        ]);
    const head = rows[0]?.headSeq ?? after;
    // The look among some gives a row without an event when it finds none.
    const found = rows.filter(({ seq }) => seq !== null);
    const events = found.slice(0, limit).map((row) => toEventDto(row, permissions));
    const looked = isAll ? head : Math.min(after + LONGEST_LOOK, Math.max(head, after));
    const isFull = found.length > limit;
    const hasMore = isFull || looked < head;
    return {
      events,
      nextAfter: isFull || isAll ? (events.at(-1)?.seq ?? after) : looked,
      hasMore,
      total: isAll ? head - after : found.length,
      totalIsExact: isAll || !hasMore,
    };
  }
}
