import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import { Entitlements } from '#core/tenancy/entitlements.js';
import { OrganizationsService } from '#modules/organizations/organizations.service.js';
import type { ProviderFacts } from './billing-provider.service.js';
import type { SubscriptionDto } from './dto/subscription.dto.js';
import { Plans } from './plans.service.js';
import { toPriced } from './plans.view.js';
import { observe, type Choice } from './subscription-machine.js';
import { SubscriptionStore } from './subscription-store.service.js';
import { toSubscriptionDto } from './subscriptions.view.js';

/** Where a provider that bills by itself writes down what it knows of a plan. */
@Injectable()
export class ProviderState {
  constructor(
    private readonly system: SystemDb,
    private readonly store: SubscriptionStore,
    private readonly plans: Plans,
    private readonly organizations: OrganizationsService,
    private readonly entitlements: Entitlements,
    private readonly clock: Clock,
  ) {}

  /**
   * Writes what `decide` knows, with what follows for the organization: its standing, what it may have, events and mails.
   * Null writes nothing. Quiet when it is so already. `decide` is run with the organization held, so that what it writes
   * in `tx` is there with it or not at all; it asks nothing of anybody else. Throws PlanNotFound.
   */
  async apply(
    organizationId: string,
    decide: (tx: SystemTransaction) => Promise<ProviderFacts | null>,
  ): Promise<SubscriptionDto | null> {
    const after = await this.system.transactionIn(organizationId, async (tx) => {
      await this.organizations.lock(tx, organizationId);
      const facts = await decide(tx);
      if (!facts) return null;
      const { next, billedBy } = facts;
      const before = await this.store.find(tx, organizationId);
      const { planId: _, planVersion: __, ...kept } = facts;
      const observed = observe(
        {
          ...kept,
          ...(await this.#choice(facts, tx)),
          billedBy,
          next: next && (await this.#choice(next, tx)),
        },
        this.clock.now(),
      );
      return this.store.put(tx, organizationId, before, observed);
    });
    this.entitlements.forget(organizationId);
    return after && toSubscriptionDto(after);
  }

  async #choice(
    { planId, planVersion, interval, seats }: NonNullable<ProviderFacts['next']>,
    tx: SystemTransaction,
  ): Promise<Choice> {
    const plan = toPriced(await this.plans.version(planId, planVersion, tx));
    return { plan, interval, seats };
  }
}
