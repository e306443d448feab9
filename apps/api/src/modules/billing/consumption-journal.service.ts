import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import { Clock } from '#core/context/clock.js';
import { countCall, countConsumption, takeConsumption } from '#core/context/consumption.js';
import { SystemDb } from '#core/database/system-db.js';
import { Log } from '#core/logging/log.js';
import {
  RequestObservers,
  type ObservedRequest,
  type RequestObserver,
} from '#core/logging/request-observers.js';
import { addConsumption, type ConsumedRow } from './consumption.sql.js';

const WRITE_EVERY = 60_000;

/**
 * Writes down what answering and working for each organization took: every process counts in memory, and adds it to the
 * hour once a minute. A process that is killed loses that minute; nothing waits for it, and no bill is made of it.
 */
@Injectable()
export class ConsumptionJournal
  implements RequestObserver, OnApplicationBootstrap, BeforeApplicationShutdown
{
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly system: SystemDb,
    private readonly clock: Clock,
    private readonly config: AppConfig,
    private readonly log: Log,
    observers: RequestObservers,
  ) {
    observers.register(this);
  }

  onApplicationBootstrap(): void {
    if (this.config.settings.billing.provider === 'none') return;
    countConsumption(true);
    this.#timer = setInterval(() => void this.write(), WRITE_EVERY).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    await this.write();
    countConsumption(false);
  }

  observe({ work, milliseconds }: ObservedRequest): void {
    if (work.organizationId !== undefined) countCall(work.organizationId, milliseconds);
  }

  /** Adds what was counted since the last time. Never fails: what cannot be written is lost, and said in the log. */
  async write(): Promise<void> {
    const rows = [...takeConsumption()].map(([organizationId, consumed]): ConsumedRow => ({
      ...{ organizationId, calls: consumed.calls, callMs: Math.round(consumed.callMs) },
      ...{ statements: consumed.statements, databaseMs: Math.round(consumed.databaseMs) },
      ...{ jobs: consumed.jobs, jobMs: Math.round(consumed.jobMs) },
    }));
    if (rows.length === 0) return;
    try {
      await this.system.sql(addConsumption, [hourOf(this.clock.now()), JSON.stringify(rows)]);
    } catch (error) {
      this.log.warn('billing.consumption_lost', { organizations: rows.length, error });
    }
  }
}

function hourOf(now: Date): Date {
  const hour = new Date(now);
  hour.setUTCMinutes(0, 0, 0);
  return hour;
}
