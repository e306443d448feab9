import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import { SystemDb } from '#core/database/system-db.js';
import { Sweeps, type Sweep } from '#core/jobs/sweeps.js';
import { Log } from '#core/logging/log.js';
import { OrganizationsService } from '#modules/organizations/organizations.service.js';
import { Entitling } from './entitling.service.js';
import { SubscriptionStore } from './subscription-store.service.js';
import { unplannedOrganizations } from './unplanned.sql.js';

const MINUTE = 60_000;
const BATCH = 100;

/**
 * Gives organizations that have taken no plan what BILLING_DEFAULT_PLAN says. Without a row they may everything: nobody
 * waits for this at the door, and where plans are not sold there is nothing to write.
 */
@Injectable()
@Sweeps({ name: 'billing.unplanned', every: MINUTE })
export class UnplannedSweep implements Sweep {
  constructor(
    private readonly system: SystemDb,
    private readonly store: SubscriptionStore,
    private readonly entitling: Entitling,
    private readonly organizations: OrganizationsService,
    private readonly config: AppConfig,
    private readonly log: Log,
  ) {}

  async sweep(): Promise<boolean> {
    const { provider, defaultPlan } = this.config.settings.billing;
    if (provider === 'none' || defaultPlan === 'free-for-all') return false;
    const rows = await this.system.sql<{ id: string }>(unplannedOrganizations, [BATCH]);
    try {
      for (const { id } of rows)
        await this.system.transactionIn(id, async (tx) => {
          await this.organizations.lock(tx, id);
          await this.entitling.write(tx, id, await this.store.find(tx, id));
        });
    } catch (error) {
      // A plan that is not there is the same for all of them.
      this.log.error('billing.no_default_plan', { plan: defaultPlan, error: error as Error });
      return false;
    }
    return rows.length === BATCH;
  }
}
