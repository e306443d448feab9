import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import { Clock } from '#core/context/clock.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { oldestSince } from './events.view.js';
import { EventsGone } from './integrations.exceptions.js';

const DAY = 24 * 60 * 60 * 1000;

/**
 * How far back the feed and the stream go. The log itself stays whole, since timelines and its hash chain need it: older
 * events are not handed out any more.
 */
@Injectable()
export class EventRetention {
  constructor(
    private readonly db: TenantDb,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** Where a reader begins who has all up to `after`, or nothing yet. Throws {@link EventsGone}. */
  async beginAfter(after: number | undefined): Promise<number> {
    const days = this.config.settings.eventFeedDays;
    if (days === 0) return after ?? 0;
    const since = new Date(this.clock.now().getTime() - days * DAY);
    const [row] = await this.db.sql<{ oldest: number }>(oldestSince, [since.toISOString()]);
    const { oldest } = row!;
    if (after !== undefined && after + 1 < oldest) throw new EventsGone(oldest);
    return after ?? oldest - 1;
  }
}
