import { Injectable } from '@nestjs/common';
import { Notifications } from '../database/notifications.js';
import { SystemDb } from '../database/system-db.js';
import { TenantDb } from '../tenancy/tenant-db.js';
import { Metrics } from '../logging/metrics.js';

export interface ReadinessReport {
  status: 'ok' | 'unavailable';
  checks: Record<string, 'ok' | 'unavailable'>;
}

/** Milliseconds that a check may take before it counts as failed. */
const PATIENCE = 2_000;

/** Whether this process can do its work now. */
@Injectable()
export class Readiness {
  constructor(
    private readonly system: SystemDb,
    private readonly notifications: Notifications,
    tenants: TenantDb,
    metrics: Metrics,
  ) {
    metrics.gauge(
      'tenant_pool_connections',
      'Connections of the tenant pool.',
      () => tenants.pool.totalCount,
    );
    metrics.gauge(
      'tenant_pool_idle',
      'Idle connections of the tenant pool.',
      () => tenants.pool.idleCount,
    );
    metrics.gauge(
      'tenant_pool_waiting',
      'Requests that wait for a connection.',
      () => tenants.pool.waitingCount,
    );
    metrics.counted(
      'tenant_pool_waits_total',
      'Statements and transactions that found no free connection and had to wait for one.',
      () => tenants.pool.waits,
    );
    metrics.gauge(
      'system_pool_connections',
      'Connections of the pool for work across organizations.',
      () => system.pool.totalCount,
    );
    metrics.gauge(
      'system_pool_waiting',
      'Work across organizations that waits for a connection.',
      () => system.pool.waitingCount,
    );
    metrics.gauge(
      'notifications_live',
      'Whether notifications of the database arrive: 1 or 0.',
      () => Number(notifications.live),
    );
    metrics.gauge('outbox_rows', 'Events that the relay has not handed to the queue.', () =>
      this.#outbox('count(*)'),
    );
    metrics.gauge('outbox_lag_seconds', 'Age of the oldest event in the outbox.', () =>
      this.#outbox('coalesce(extract(epoch from now() - min(created_at)), 0)'),
    );
  }

  async check(): Promise<ReadinessReport> {
    const database = await this.#databaseAnswers();
    const checks = {
      database: database ? 'ok' : 'unavailable',
      notifications: this.notifications.live ? 'ok' : 'unavailable',
    } as const;
    // Notifications heal by themselves and their absence only makes caches colder: told, but no reason to be taken out.
    return { status: database ? 'ok' : 'unavailable', checks };
  }

  async #databaseAnswers(): Promise<boolean> {
    const late = new Promise<boolean>((resolve) => setTimeout(resolve, PATIENCE, false).unref());
    return Promise.race([
      this.system.pool.query('select 1').then(
        () => true,
        () => false,
      ),
      late,
    ]);
  }

  /** The outbox, cut off where counting would cost more than it tells. */
  async #outbox(what: string): Promise<number> {
    const { rows } = await this.system.pool.query<{ value: string }>(
      `select ${what} as value from (select created_at from outbox order by organization_id, seq limit 10000) o`,
    );
    return Number(rows[0]?.value ?? 0);
  }
}
