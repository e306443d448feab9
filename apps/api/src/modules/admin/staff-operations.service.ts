import { hostname } from 'node:os';
import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { slowStatements } from '#core/context/slow-statements.js';
import { AdminDb } from '#core/database/admin-db.js';
import { wholePage, type Page } from '#core/database/page.js';
import { QueueConsole } from '#core/jobs/queue-console.js';
import { Metrics } from '#core/logging/metrics.js';
import type { RouteTimesDto, SlowStatementDto } from './dto/process-times.dto.js';
import type { OperationsDto, TroubledOrganizationDto } from './dto/staff-operations.dto.js';
import {
  operationsOverview,
  troubledOrganizations,
  type OverviewRow,
  type TroubleRow,
} from './operations.sql.js';

const DAY = 24 * 3_600_000;
const MOST_SHOWN = 100;

/** How the deployment fares: in counts, times and names that stand in the code, and nothing that a tenant wrote. */
@Injectable()
export class StaffOperations {
  readonly #startedAt = new Date(Date.now() - process.uptime() * 1000);

  constructor(
    private readonly db: AdminDb,
    private readonly queue: QueueConsole,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
  ) {}

  /** The queue, the outbox and what failed in the last day, in all organizations together. */
  async overview(): Promise<OperationsDto> {
    const [queue, [row]] = await Promise.all([
      this.queue.counts(),
      this.db.sql<OverviewRow>(operationsOverview, [this.#since()]),
    ]);
    const { lagSeconds, ...counts } = row!;
    return {
      queue,
      ...counts,
      outboxLagSeconds: Math.round(lagSeconds),
      process: { host: hostname(), id: process.pid, startedAt: this.#startedAt.toISOString() },
    };
  }

  /** The organizations in which mails or webhooks failed in the last day, the most failures first. */
  async troubled(skip: number, limit: number): Promise<Page<TroubledOrganizationDto>> {
    const values = [this.#since(), skip, limit];
    const rows = await this.db.sql<TroubleRow>(troubledOrganizations, values);
    const items = rows.map(({ total: _, ...row }) => row);
    const total = rows[0]?.total ?? 0;
    return {
      items,
      total,
      totalIsExact: rows.length > 0 || skip === 0,
      skip,
      limit,
      nextCursor: null,
    };
  }

  /** How this process answered, by route; the routes that took most of its time. */
  async routes(): Promise<Page<RouteTimesDto>> {
    return wholePage((await this.metrics.routes()).slice(0, MOST_SHOWN));
  }

  /** Which statements of this process were slow, and in which work. */
  slowStatements(): Page<SlowStatementDto> {
    const shown = slowStatements().slice(0, MOST_SHOWN);
    return wholePage(
      shown.map(({ milliseconds, worstMilliseconds, lastAt, ...entry }) => ({
        ...entry,
        meanMilliseconds: Math.round(milliseconds / entry.times),
        worstMilliseconds: Math.round(worstMilliseconds),
        lastAt: new Date(lastAt).toISOString(),
      })),
    );
  }

  #since(): string {
    return new Date(this.clock.now().getTime() - DAY).toISOString();
  }
}
