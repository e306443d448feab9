import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import { Clock } from '#core/context/clock.js';
import { runInContext } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import { SystemDb } from '#core/database/system-db.js';
import { Sweeps, type Sweep } from '#core/jobs/sweeps.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { Log } from '#core/logging/log.js';
import { Entitlements } from '#core/tenancy/entitlements.js';
import { BillingNotice } from './billing-notice.service.js';
import type { EntitlementDto } from './dto/entitlements.dto.js';
import { monthOf, Usage } from './usage.service.js';

const QUARTER = 15 * 60_000;
const LEVELS = [100, 80] as const;
/** What a column of whole numbers holds, and more than anybody has to know. */
const MOST_PERCENT = 1_000_000;

interface Looked {
  organizationId: string;
  access: string;
  usedPercent: number | null;
}

/**
 * Notes how much of what its plan bounds each organization uses, and tells owners when that is 80 and when it is 100 %: once a
 * month for each.
 */
@Injectable()
@Sweeps({ name: 'billing.limits', every: QUARTER })
export class LimitWarnings implements Sweep {
  constructor(
    private readonly system: SystemDb,
    private readonly entitlements: Entitlements,
    private readonly usage: Usage,
    private readonly notice: BillingNotice,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly config: AppConfig,
    private readonly log: Log,
  ) {}

  async sweep(): Promise<boolean> {
    if (this.config.settings.billing.provider === 'none') return false;
    const rows = await this.system.client.organizationEntitlement.findMany({
      select: { organizationId: true, access: true, usedPercent: true },
    });
    for (const row of rows) {
      const { organizationId } = row;
      const context = { requestId: `limits-${newId()}`, organizationId };
      try {
        await runInContext(context, () => this.#look(row));
      } catch (error) {
        this.log.error('billing.limits_not_looked_at', { organizationId, error: error as Error });
      }
    }
    return false;
  }

  async #look({ organizationId, access, usedPercent: before }: Looked): Promise<void> {
    const standings = await this.usage.standings(await this.entitlements.own());
    await this.usage.sample(standings);
    const usedPercent = mostOf(standings);
    if (usedPercent !== before)
      await this.system.client.organizationEntitlement.updateMany({
        where: { organizationId },
        data: { usedPercent },
      });
    // Whoever may change nothing uses no more than before, and has other mails.
    if (access !== 'full') return;
    for (const standing of standings) {
      const level = LEVELS.find((percent) => (standing.percent ?? 0) >= percent);
      if (level !== undefined) await this.#warn(organizationId, standing, level);
    }
  }

  /** The row is written with the mails: who races us finds it there. */
  #warn(
    organizationId: string,
    { entitlement, limit, used }: EntitlementDto,
    percent: number,
  ): Promise<void> {
    return this.system.transactionIn(organizationId, async (tx) => {
      const createdAt = this.clock.now();
      const month = monthOf(createdAt);
      const { count } = await tx.entitlementWarning.createMany({
        data: [{ organizationId, entitlement, month, percent, createdAt }],
        skipDuplicates: true,
      });
      if (count === 0) return;
      await this.notice.limit(tx, organizationId, { entitlement, percent });
      this.ledger.record({
        type: 'billing.limit_near',
        subject: { type: 'organization', id: organizationId },
        data: { entitlement, limit, used, percent },
      });
    });
  }
}

/** The percents of the thing of which most is used; null when nothing is bounded. */
function mostOf(standings: readonly EntitlementDto[]): number | null {
  const percents = standings.flatMap(({ percent }) => percent ?? []);
  return percents.length === 0 ? null : Math.min(MOST_PERCENT, Math.max(...percents));
}
