import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Clock } from '#core/context/clock.js';
import { currentActor } from '#core/context/context.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import { ValidationFailed } from '#core/errors/domain-error.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { Entitlements } from '#core/tenancy/entitlements.js';
import { OrganizationsService } from '#modules/organizations/organizations.service.js';
import type { Beside } from './beside.js';
import { BillingIsOff, OverrideNotFound } from './billing.exceptions.js';
import { Entitling } from './entitling.service.js';
import { overrideTerms, type OverrideTerms } from './override-terms.js';
import { SubscriptionStore } from './subscription-store.service.js';

/** What the operator gives an organization instead of what its plan says. */
export interface Override {
  terms: OverrideTerms;
  /** Shown to the organization in its log. */
  reason: string;
  until: Date;
}

/**
 * Gives organizations more, or less, than their plan says, for a time: what a plan costs and when it ends stays as it is.
 * Who gives it is the actor in context, and the organization sees it in its log.
 */
@Injectable()
export class Overrides {
  constructor(
    private readonly system: SystemDb,
    private readonly store: SubscriptionStore,
    private readonly entitling: Entitling,
    private readonly organizations: OrganizationsService,
    private readonly entitlements: Entitlements,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /** The organization with this slug; null when there is none. */
  find(slug: string): Promise<string | null> {
    return this.organizations.idOf(this.system.client, slug);
  }

  /** What is given to `organizationId` now, and by whom; null when nothing is. */
  async of(organizationId: string): Promise<(Override & { givenBy: string }) | null> {
    const row = await this.system.client.entitlementOverride.findFirst({
      where: { organizationId, until: { gt: this.clock.now() } },
      select: { terms: true, reason: true, until: true, givenBy: true },
    });
    return row && { ...row, terms: row.terms as OverrideTerms };
  }

  /**
   * Gives it from now on, instead of what was given before; `beside` is written with it. Throws ValidationFailed, and
   * {@link BillingIsOff} where everybody has everything.
   */
  async give(
    organizationId: string,
    { terms, reason, until }: Override,
    beside?: Beside,
  ): Promise<void> {
    if (!this.entitlements.areSold) throw new BillingIsOff();
    requireSense({ terms, reason, until }, this.clock.now());
    await this.#change(organizationId, async (tx) => {
      const row = { terms, reason, until, givenBy: currentActor().name };
      const createdAt = this.clock.now();
      await tx.entitlementOverride.deleteMany({ where: { organizationId } });
      await tx.entitlementOverride.create({
        data: { organizationId, ...row, createdAt },
        select: { until: true },
      });
      this.ledger.record({
        type: 'billing.override_given',
        subject: { type: 'organization', id: organizationId },
        data: { given: Object.keys(terms), reason, until: until.toISOString() },
      });
      await beside?.(tx);
    });
  }

  /**
   * Takes it back: the plan alone says what may be had; `beside` is written with it. Throws {@link OverrideNotFound}.
   */
  end(organizationId: string, beside?: Beside): Promise<void> {
    return this.#change(organizationId, async (tx) => {
      const { count } = await tx.entitlementOverride.deleteMany({ where: { organizationId } });
      if (count === 0) throw new OverrideNotFound();
      this.ledger.record({
        type: 'billing.override_ended',
        subject: { type: 'organization', id: organizationId },
        data: {},
      });
      await beside?.(tx);
    });
  }

  /** Ends those whose time is over, `most` at once. Gives how many there were. */
  async endDue(most: number): Promise<number> {
    const due = await this.system.client.entitlementOverride.findMany({
      where: { until: { lte: this.clock.now() } },
      select: { organizationId: true },
      orderBy: { until: 'asc' },
      take: most,
    });
    for (const { organizationId } of due)
      // Another worker, or the operator, was there before.
      await this.end(organizationId).catch(ignoreGone);
    return due.length;
  }

  async #change(
    organizationId: string,
    change: (tx: SystemTransaction) => Promise<void>,
  ): Promise<void> {
    await this.system.transactionIn(organizationId, async (tx) => {
      await this.organizations.lock(tx, organizationId);
      await change(tx);
      await this.entitling.write(tx, organizationId, await this.store.find(tx, organizationId));
    });
    this.entitlements.forget(organizationId);
  }
}

const sense = z.object({
  terms: overrideTerms,
  reason: z.string().min(1).max(500),
  until: z.date(),
});

function requireSense(given: Override, now: Date): void {
  const { error } = sense.safeParse(given);
  const problems = (error?.issues ?? []).map(({ path, message }) => ({
    field: path.join('.'),
    problem: message,
  }));
  if (problems.length === 0 && given.until <= now)
    problems.push({ field: 'until', problem: 'must be in the future' });
  if (problems.length > 0) throw new ValidationFailed(problems);
}

function ignoreGone(error: unknown): void {
  if (!(error instanceof OverrideNotFound)) throw error;
}
