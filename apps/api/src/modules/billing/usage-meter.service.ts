import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import { runInContext } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import { SystemDb } from '#core/database/system-db.js';
import { Sweeps, type Sweep } from '#core/jobs/sweeps.js';
import { Log } from '#core/logging/log.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { grownLogs, makePlace, meterEvents, takePlace } from './usage.sql.js';

/** What counts, by the event that says so. */
const METERS: Record<string, string> = {
  'ticket.created': 'tickets',
  'ticket.replied': 'messages',
  'ticket.message_received': 'messages',
  'mail.sent': 'mails',
  'mail.received': 'mails',
};
const MINUTE = 60_000;
const ORGANIZATIONS = 200;
const FIRST = '00000000-0000-0000-0000-000000000000';
/** Events of one organization in one transaction. */
const BATCH = 2_000;

/** Counts what is used, out of the log: nothing that happens waits for it, and nothing counts twice. */
@Injectable()
@Sweeps({ name: 'billing.meter', every: MINUTE })
export class UsageMeter implements Sweep {
  constructor(
    private readonly system: SystemDb,
    private readonly db: TenantDb,
    private readonly config: AppConfig,
    private readonly log: Log,
  ) {}

  async sweep(): Promise<boolean> {
    if (this.config.settings.billing.provider === 'none') return false;
    // Each once a round: some that cannot be metered do not stand before the others.
    for (let after = FIRST; ;) {
      const values = [ORGANIZATIONS, after];
      const rows = await this.system.sql<{ organizationId: string }>(grownLogs, values);
      for (const { organizationId } of rows) await this.#meter(organizationId);
      if (rows.length < ORGANIZATIONS) return false;
      after = rows.at(-1)!.organizationId;
    }
  }

  async #meter(organizationId: string): Promise<void> {
    const context = { requestId: `meter-${newId()}`, organizationId };
    try {
      await runInContext(context, async () => {
        await this.db.sql(makePlace, []);
        while (await this.#batch());
      });
    } catch (error) {
      this.log.error('billing.not_metered', { organizationId, error: error as Error });
    }
  }

  #batch(): Promise<boolean> {
    return this.db.transaction(async (tx) => {
      const [place] = await tx.sql<{ seq: number }>(takePlace, []);
      if (!place) return false;
      const values = [place.seq, BATCH, Object.keys(METERS), Object.values(METERS)];
      const [moved] = await tx.sql<{ hasMore: boolean }>(meterEvents, values);
      return moved?.hasMore ?? false;
    });
  }
}
