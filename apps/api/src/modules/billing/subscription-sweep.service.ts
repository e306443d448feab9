import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import { Clock } from '#core/context/clock.js';
import { SystemDb } from '#core/database/system-db.js';
import { Sweeps, type Sweep } from '#core/jobs/sweeps.js';
import { Log } from '#core/logging/log.js';
import { OrganizationsService } from '#modules/organizations/organizations.service.js';
import { Overrides } from './overrides.service.js';
import { advance } from './subscription-machine.js';
import { SubscriptionStore } from './subscription-store.service.js';

const MINUTE = 60_000;
/** Organizations that one round looks at. */
const BATCH = 100;

/**
 * What time alone makes of subscriptions: trials end, periods are billed, what is overdue takes its course, and what the
 * operator gave for a time is over. Each is done
 * in a transaction that holds its organization and looks again, so that two workers bill nothing twice.
 */
@Injectable()
@Sweeps({ name: 'billing.subscriptions', every: MINUTE })
export class SubscriptionSweep implements Sweep {
  constructor(
    private readonly system: SystemDb,
    private readonly store: SubscriptionStore,
    private readonly overrides: Overrides,
    private readonly organizations: OrganizationsService,
    private readonly clock: Clock,
    private readonly config: AppConfig,
    private readonly log: Log,
  ) {}

  async sweep(): Promise<boolean> {
    if (this.config.settings.billing.provider === 'none') return false;
    const ended = await this.overrides.endDue(BATCH);
    const due = await this.system.client.subscription.findMany({
      where: { lookAt: { lte: this.clock.now() } },
      orderBy: { lookAt: 'asc' },
      take: BATCH,
      select: { organizationId: true },
    });
    let done = 0;
    for (const { organizationId } of due) if (await this.#look(organizationId)) done += 1;
    // Those that failed are due still: without one that was done the next round would be the same.
    return ended === BATCH || (due.length === BATCH && done > 0);
  }

  async #look(organizationId: string): Promise<boolean> {
    try {
      await this.system.transactionIn(organizationId, async (tx) => {
        await this.organizations.lock(tx, organizationId);
        const before = await this.store.find(tx, organizationId);
        if (!before) return;
        const outcome = advance(before, this.clock.now());
        if (before.billedBy === 'manual')
          await this.store.save(tx, organizationId, before, outcome);
        else await this.store.put(tx, organizationId, before, outcome.subscription);
      });
      return true;
    } catch (error) {
      // One that cannot be billed keeps no other from it.
      this.log.error('billing.not_advanced', { organizationId, error: error as Error });
      return false;
    }
  }
}
