import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import { Clock } from '#core/context/clock.js';
import { requireOrganizationId } from '#core/context/context.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import { Entitlements } from '#core/tenancy/entitlements.js';
import { OrganizationsService } from '#modules/organizations/organizations.service.js';
import { OtherProvider, SubscriptionNotFound } from './billing.exceptions.js';
import { BillingProviders, type BillingProvider, type Wanted } from './billing-provider.service.js';
import { Choices } from './choices.service.js';
import type { PreviewDto } from './dto/preview.dto.js';
import type { SubscriptionDto } from './dto/subscription.dto.js';
import { reckon } from './invoices.view.js';
import {
  begin,
  choose,
  endWithPeriod,
  priceOf,
  type Choice,
  type Outcome,
  type Subscription,
} from './subscription-machine.js';
import { SubscriptionStore } from './subscription-store.service.js';
import { toSubscriptionDto } from './subscriptions.view.js';

/**
 * Sells plans by invoices of our own. Goes through the cross-tenant handle: an organization that could write what it may
 * have could give itself more. Every change holds the organization's row from its beginning.
 */
@Injectable()
export class ManualProvider implements BillingProvider {
  constructor(
    private readonly system: SystemDb,
    private readonly choices: Choices,
    private readonly store: SubscriptionStore,
    private readonly organizations: OrganizationsService,
    private readonly entitlements: Entitlements,
    private readonly clock: Clock,
    private readonly config: AppConfig,
    providers: BillingProviders,
  ) {
    providers.register('manual', this);
  }

  /**
   * Takes a plan, or another one, or other seats: see the machine for what is billed and when it begins. Who cancelled
   * stays by it. Quiet when it is so already. Throws what {@link Choices.judge} does,
   * {@link OtherProvider}, ProfileMissing.
   */
  take(wanted: Wanted): Promise<SubscriptionDto> {
    return this.#change(async (tx, before) => {
      const { outcome } = await this.#outcome(before, wanted, tx);
      await this.store.requireBuyer(tx, requireOrganizationId('a bill'), outcome);
      return outcome;
    });
  }

  /** What taking it would cost now, and from the next period on; changes nothing. Throws what {@link take} does. */
  async preview(wanted: Wanted): Promise<PreviewDto> {
    const organizationId = requireOrganizationId('a preview');
    const before = await this.store.find(this.system.client, organizationId);
    const found = await this.#outcome(before, wanted, this.system.client);
    const { outcome, choice, planName } = found;
    const { taxRate } = this.config.settings.billing;
    const nameOf = (id: string): string => (id === wanted.planId ? planName : id);
    return {
      ...reckon(outcome.bills.flat(), nameOf, taxRate),
      currency: choice.plan.currency,
      startsAt: this.#startOf(outcome.subscription, choice).toISOString(),
      price: priceOf(choice),
    };
  }

  /** Ends the plan with its period. Quiet when it does already. Throws {@link SubscriptionNotFound}. */
  cancel(): Promise<SubscriptionDto> {
    return this.#change((_tx, before) => {
      if (!before) throw new SubscriptionNotFound();
      if (isElsewhere(before)) throw new OtherProvider();
      if (before.endsWithPeriod || before.status === 'canceled')
        return Promise.resolve({ subscription: before, bills: [] });
      const subscription = endWithPeriod(before, true, this.clock.now());
      return Promise.resolve({ subscription, bills: [] });
    });
  }

  /** Takes a cancellation back, while the period lasts. Throws {@link SubscriptionNotFound}: then take a plan anew. */
  keep(): Promise<SubscriptionDto> {
    return this.#change((_tx, before) => {
      if (!before || before.status === 'canceled') throw new SubscriptionNotFound();
      if (isElsewhere(before)) throw new OtherProvider();
      if (!before.endsWithPeriod) return Promise.resolve({ subscription: before, bills: [] });
      const subscription = endWithPeriod(before, false, this.clock.now());
      return Promise.resolve({ subscription, bills: [] });
    });
  }

  async #outcome(
    before: Subscription | null,
    wanted: Wanted,
    reader: Pick<SystemTransaction, 'plan'>,
  ): Promise<{ outcome: Outcome; choice: Choice; planName: string }> {
    if (before !== null && isElsewhere(before)) throw new OtherProvider();
    const { choice, planName, trialDays } = await this.choices.judge(before, wanted, reader);
    const now = this.clock.now();
    const outcome =
      before === null || before.status === 'canceled'
        ? begin(choice, trialDays, now)
        : choose(before, choice, now);
    return { outcome, choice, planName };
  }

  #startOf({ next, periodEnd }: Subscription, { plan, interval, seats }: Choice): Date {
    const waits = next?.plan.id === plan.id && next.interval === interval && next.seats === seats;
    return waits ? periodEnd : this.clock.now();
  }

  async #change(
    decide: (tx: SystemTransaction, before: Subscription | null) => Promise<Outcome>,
  ): Promise<SubscriptionDto> {
    const organizationId = requireOrganizationId('a subscription');
    const after = await this.system.transactionIn(organizationId, async (tx) => {
      await this.organizations.lock(tx, organizationId);
      const before = await this.store.find(tx, organizationId);
      return this.store.save(tx, organizationId, before, await decide(tx, before));
    });
    this.entitlements.forget(organizationId);
    return toSubscriptionDto(after);
  }
}

/** What runs with somebody else is not ours to bill; what has ended there can begin here. */
function isElsewhere({ billedBy, status }: Subscription): boolean {
  return billedBy !== 'manual' && status !== 'canceled';
}
