import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { requireOrganizationId } from '#core/context/context.js';
import {
  BillingProviders,
  type BillingProvider,
  type Wanted,
} from '#modules/billing/billing-provider.service.js';
import { endWithPeriod, type Subscription } from '#modules/billing/choices.service.js';
import type { PreviewDto } from '#modules/billing/dto/preview.dto.js';
import type { SubscriptionDto } from '#modules/billing/dto/subscription.dto.js';
import { Subscriptions } from '#modules/billing/subscriptions.service.js';
import { StripeChanges } from './stripe-changes.service.js';
import { StripeCustomers } from './stripe-customers.service.js';
import { StripeOffers } from './stripe-offers.service.js';
import type { Read } from './stripe-reading.js';
import { CheckoutNeeded, NoPlanRuns } from './stripe.exceptions.js';
import { StripeSync } from './stripe-sync.service.js';
import { StripeTurns, type Turn } from './stripe-turns.service.js';

/** What there is before something is done: by Stripe, and as it is written here. */
interface Living {
  read: Read;
  before: Subscription;
}

/**
 * Sells by Stripe: in the customer's turn it asks what there is, lets the machine say what is to become of it, asks Stripe
 * for that, and writes what Stripe then has. A step whose answer was lost is found done, or is asked for again.
 */
@Injectable()
export class StripeSeller implements BillingProvider {
  constructor(
    private readonly turns: StripeTurns,
    private readonly sync: StripeSync,
    private readonly offers: StripeOffers,
    private readonly changes: StripeChanges,
    private readonly customers: StripeCustomers,
    private readonly subscriptions: Subscriptions,
    private readonly clock: Clock,
    providers: BillingProviders,
  ) {
    providers.register('stripe', this);
  }

  /**
   * Takes a plan, or changes it. Throws what Choices.judge does, {@link CheckoutNeeded} when there is nothing that could be
   * charged, ChangeUnderWay, and what StripeApi.ask throws.
   */
  take(wanted: Wanted): Promise<SubscriptionDto> {
    return this.#change(async (turn, living) => {
      const { organizationId } = turn;
      if (living) {
        const after = await this.offers.change(living.before, wanted);
        return this.changes.make(organizationId, living.read, living.before, after);
      }
      const { choice, trialDays } = await this.offers.begin(organizationId, wanted);
      const customerId = await this.customers.ensure(turn);
      if (trialDays === 0 && !(await this.customers.canBeCharged(customerId)))
        throw new CheckoutNeeded();
      await this.changes.begin(organizationId, customerId, choice, trialDays);
    });
  }

  /** What taking it would cost, by Stripe's reckoning. Throws what StripeOffers.preview does. */
  preview(wanted: Wanted): Promise<PreviewDto> {
    return this.offers.preview(wanted);
  }

  /** Throws SubscriptionNotFound, ChangeUnderWay, and what StripeApi.ask throws. */
  cancel(): Promise<SubscriptionDto> {
    return this.#change(async (turn, living) => {
      if (!living || living.before.endsWithPeriod) return;
      const after = endWithPeriod(living.before, true, this.clock.now());
      const over = { ...after, next: null };
      await this.changes.make(turn.organizationId, living.read, living.before, over);
    });
  }

  /** Throws {@link NoPlanRuns}, and what {@link cancel} throws. */
  keep(): Promise<SubscriptionDto> {
    return this.#change(async (turn, living) => {
      if (!living) throw new NoPlanRuns();
      if (!living?.before.endsWithPeriod) return;
      const after = endWithPeriod(living.before, false, this.clock.now());
      await this.changes.make(turn.organizationId, living.read, living.before, after);
    });
  }

  /** Ends the plan of an organization that is to be deleted with its period. Quiet when Stripe bills it nothing. */
  async endWithOrganization(): Promise<void> {
    const plan = await this.offers.current(requireOrganizationId('a plan that ends'));
    if (plan?.billedBy === 'stripe' && plan.status !== 'canceled') await this.cancel();
  }

  async #change(
    act: (turn: Turn, living: Living | null) => Promise<void>,
  ): Promise<SubscriptionDto> {
    const organizationId = requireOrganizationId('a subscription');
    await this.turns.hold(organizationId, async (turn) => {
      const read = await this.sync.refresh(turn);
      const before = await this.offers.current(organizationId);
      const lives = read !== null && read.facts.canceledAt === null && before !== null;
      await act(turn, lives ? { read, before } : null);
      await this.sync.refresh(turn);
    });
    return this.subscriptions.current();
  }
}
