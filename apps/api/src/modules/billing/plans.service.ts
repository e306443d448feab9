import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import { Clock } from '#core/context/clock.js';
import { wholePage, type Page } from '#core/database/page.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import { ValidationFailed } from '#core/errors/domain-error.js';
import type { Beside } from './beside.js';
import type { PlanDto } from './dto/plan.dto.js';
import { PlanMoved, PlanNotFound } from './billing.exceptions.js';
import { planForm } from './plan-form.js';
import { planSelect, toPlanDto, type PlanRow } from './plans.view.js';

/** A version of a plan as it is read and shown, for whoever reads it with a handle of their own. */
export { planSelect, toPlanDto, type PlanRow } from './plans.view.js';

/** A plan as the operator writes it. */
export interface PlanDefinition {
  id: string;
  name: string;
  currency: string;
  monthlyPrice: number;
  yearlyPrice: number;
  trialDays: number;
  seats: number | null;
  ticketsAMonth: number | null;
  storageBytes: number | null;
  callsAMinute: number | null;
  features: string[];
  /** Whether it can be taken; true if absent. One that cannot is for BILLING_DEFAULT_PLAN. */
  isOffered?: boolean | undefined;
}

/** What is written with a new version. */
type BesidePlan = (tx: Parameters<Beside>[0], version: number) => Promise<void>;

type Reader = Pick<SystemTransaction, 'plan'>;

/** What can be had, and for how much: rows of the deployment, of which each version stays as it was taken. */
@Injectable()
export class Plans {
  constructor(
    private readonly system: SystemDb,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** The plans that can be taken, the cheapest first; none where none are sold. */
  async offered(): Promise<Page<PlanDto>> {
    if (this.config.settings.billing.provider === 'none') return wholePage([]);
    const rows = await this.system.client.plan.findMany({
      where: { isOffered: true },
      orderBy: [{ monthlyPrice: 'asc' }, { id: 'asc' }],
      select: planSelect,
    });
    return wholePage(rows.map(toPlanDto));
  }

  /** The plan that is taken by that id today. Throws {@link PlanNotFound}. */
  async offer(id: string, reader: Reader = this.system.client): Promise<PlanRow> {
    const where = { id, isOffered: true };
    const row = await reader.plan.findFirst({
      where,
      orderBy: { version: 'desc' },
      select: planSelect,
    });
    if (!row) throw new PlanNotFound();
    return row;
  }

  /** The newest version of a plan, also of one that cannot be taken. Throws {@link PlanNotFound}. */
  async newest(id: string, reader: Reader = this.system.client): Promise<PlanRow> {
    const row = await reader.plan.findFirst({
      where: { id },
      orderBy: { version: 'desc' },
      select: planSelect,
    });
    if (!row) throw new PlanNotFound();
    return row;
  }

  /** A plan as it was taken. Throws {@link PlanNotFound}, which is a fault of ours: none is ever deleted. */
  async version(
    id: string,
    version: number,
    reader: Reader = this.system.client,
  ): Promise<PlanRow> {
    const row = await reader.plan.findFirst({ where: { id, version }, select: planSelect });
    if (!row) throw new PlanNotFound();
    return row;
  }

  /**
   * Offers a plan, or a new version of one: who has an older one keeps it, and its price. Two at once make two versions, one
   * after the other; `beside` is written with it. Gives the version. Throws ValidationFailed, and {@link PlanMoved} when the
   * newest is not the version `basedOn`, where 0 is a plan that is not there yet.
   */
  publish(plan: PlanDefinition, basedOn?: number, beside?: BesidePlan): Promise<number> {
    requireSense(plan);
    const { storageBytes, isOffered = true, ...definition } = plan;
    return this.system.transaction(async (tx) => {
      const { id } = definition;
      await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('plan ' || ${id}, 0))`;
      const last = await tx.plan.findFirst({ where: { id }, orderBy: { version: 'desc' } });
      const before = last?.version ?? 0;
      if (basedOn !== undefined && basedOn !== before) throw new PlanMoved(before);
      const version = before + 1;
      await tx.plan.updateMany({ where: { id }, data: { isOffered: false } });
      await tx.plan.create({
        data: {
          ...definition,
          version,
          isOffered,
          storageBytes: storageBytes === null ? null : BigInt(storageBytes),
          createdAt: this.clock.now(),
        },
        select: { version: true },
      });
      await beside?.(tx, version);
      return version;
    });
  }
}

function requireSense(plan: PlanDefinition): void {
  const { error } = planForm.safeParse(plan);
  if (error)
    throw new ValidationFailed(
      error.issues.map(({ path, message }) => ({ field: path.join('.'), problem: message })),
    );
}
