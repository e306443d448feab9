import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import { Clock } from '#core/context/clock.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import type { OverrideTerms } from './override-terms.js';
import { Plans } from './plans.service.js';
import type { PlanRow } from './plans.view.js';
import { accessOf, type Subscription } from './subscription-machine.js';

/** Writes what an organization may have: what its plan says, and over it what the operator gives it for a time. */
@Injectable()
export class Entitling {
  constructor(
    private readonly plans: Plans,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** Writes it in `tx`, with the organization held; every process is told by the database. */
  async write(
    tx: SystemTransaction,
    organizationId: string,
    subscription: Subscription | null,
  ): Promise<void> {
    const updatedAt = this.clock.now();
    const row = await tx.entitlementOverride.findFirst({
      where: { organizationId, until: { gt: updatedAt } },
      select: { terms: true },
    });
    const { features = [], storageBytes, ...terms } = (row?.terms ?? {}) as OverrideTerms;
    const base = await this.#base(tx, subscription);
    const data = {
      ...base,
      ...terms,
      ...(storageBytes === undefined ? {} : { storageBytes: bytes(storageBytes) }),
      features: [...new Set([...base.features, ...features])],
      updatedAt,
    };
    const where = { organizationId };
    const { count } = await tx.organizationEntitlement.updateMany({ where, data });
    if (count === 0)
      await tx.organizationEntitlement.create({
        data: { organizationId, ...data },
        select: { planId: true },
      });
  }

  async #base(tx: SystemTransaction, subscription: Subscription | null) {
    if (subscription === null) return this.#unplanned(tx);
    const { plan, seats, status } = subscription;
    const row = await this.plans.version(plan.id, plan.version, tx);
    return { ...columnsOf(row), seats, access: accessOf(status) };
  }

  /** Of an organization that has taken no plan yet. */
  async #unplanned(tx: SystemTransaction) {
    const { defaultPlan } = this.config.settings.billing;
    const row = await this.plans.newest(defaultPlan, tx);
    return { ...columnsOf(row), access: 'full' };
  }
}

function columnsOf(plan: PlanRow) {
  const { id, version, seats, ticketsAMonth, storageBytes, callsAMinute, features } = plan;
  const limits = { seats, ticketsAMonth, storageBytes, callsAMinute, features };
  return { ...limits, planId: id, planVersion: version };
}

function bytes(limit: number | null): bigint | null {
  return limit === null ? null : BigInt(limit);
}
