import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import type { Choice, Subscription } from '#modules/billing/choices.service.js';
import { itemOf, type Read } from './stripe-reading.js';
import { marksOf, StripePrices } from './stripe-prices.service.js';
import { StripeRequests } from './stripe-requests.service.js';

/** Brings a subscription at Stripe to what the machine says that it becomes. Each step is kept before it is sent. */
@Injectable()
export class StripeChanges {
  constructor(
    private readonly requests: StripeRequests,
    private readonly prices: StripePrices,
  ) {}

  /** Begins one: with a trial, which needs no way to pay, or charged at once or not begun at all. */
  async begin(
    organizationId: string,
    customer: string,
    choice: Choice,
    trialDays: number,
  ): Promise<void> {
    const price = await this.prices.idOf(organizationId, choice);
    const start: Stripe.SubscriptionCreateParams =
      trialDays > 0
        ? {
            trial_period_days: trialDays,
            // Who tried and entered no way to pay is reminded, and loses nothing yet.
            trial_settings: { end_behavior: { missing_payment_method: 'create_invoice' } },
          }
        : { payment_behavior: 'error_if_incomplete' };
    const params: Stripe.SubscriptionCreateParams = {
      customer,
      items: [{ price, quantity: choice.seats }],
      payment_settings: { save_default_payment_method: 'on_subscription' },
      metadata: { organization_id: organizationId },
      ...start,
    };
    await this.requests.send(organizationId, {
      purpose: 'begin',
      params,
      call: (client, options) => client.subscriptions.create(params, options),
    });
  }

  /** Makes `after` of `before`, which is what `read` says. Quiet where they are the same. */
  async make(
    organizationId: string,
    { subscription }: Read,
    before: Subscription,
    after: Subscription,
  ): Promise<void> {
    const { id } = subscription;
    if (after.status === 'canceled') return this.#end(organizationId, id);
    const waits = after.next !== null && !isSame(after.next, before.next);
    // What is planned by a schedule cannot be changed beside it.
    if (isScheduled(subscription) && (waits || after.next === null || after.endsWithPeriod))
      await this.#release(organizationId, subscription.schedule);
    const params: Stripe.SubscriptionUpdateParams = {
      ...(await this.#items(organizationId, subscription, before, after)),
      ...ending(subscription, before, after),
    };
    if (Object.keys(params).length > 0)
      await this.requests.send(organizationId, {
        purpose: 'change',
        params: { id, ...params },
        call: (client, options) => client.subscriptions.update(id, params, options),
      });
    if (waits) await this.#plan(organizationId, subscription, after.next!);
  }

  async #items(
    organizationId: string,
    subscription: Stripe.Subscription,
    before: Subscription,
    after: Subscription,
  ): Promise<Stripe.SubscriptionUpdateParams> {
    if (isSame(before, after)) return {};
    const price = await this.prices.idOf(organizationId, after);
    const items = [{ id: itemOf(subscription).id, price, quantity: after.seats }];
    if (before.status === 'trialing') return { items, proration_behavior: 'none' };
    return {
      items,
      proration_behavior: 'always_invoice',
      // Who cannot pay for more has what they had. Invoices that are sent are paid later.
      ...(subscription.collection_method === 'charge_automatically' && {
        payment_behavior: 'error_if_incomplete' as const,
      }),
    };
  }

  /** From the next period on: by a schedule that lets go of the subscription when its turn has come. */
  async #plan(
    organizationId: string,
    subscription: Stripe.Subscription,
    next: Choice,
  ): Promise<void> {
    const { id } = subscription;
    const item = itemOf(subscription);
    const price = await this.prices.idOf(organizationId, next);
    const schedule = await this.requests.send(organizationId, {
      purpose: 'schedule',
      params: { from_subscription: id },
      call: (client, options) =>
        client.subscriptionSchedules.create({ from_subscription: id }, options),
    });
    const params: Stripe.SubscriptionScheduleUpdateParams = {
      end_behavior: 'release',
      proration_behavior: 'none',
      phases: [
        {
          items: [{ price: item.price.id, quantity: item.quantity ?? 1 }],
          start_date: schedule.phases[0]?.start_date ?? item.current_period_start,
          end_date: item.current_period_end,
        },
        {
          items: [{ price, quantity: next.seats }],
          duration: { interval: next.interval, interval_count: 1 },
          metadata: { ...marksOf(next), interval: next.interval },
        },
      ],
    };
    await this.requests.send(organizationId, {
      purpose: 'schedule phases',
      params: { id: schedule.id, ...params },
      call: (client, options) => client.subscriptionSchedules.update(schedule.id, params, options),
    });
  }

  async #release(organizationId: string, schedule: Stripe.Subscription['schedule']): Promise<void> {
    const id = typeof schedule === 'string' ? schedule : schedule!.id;
    await this.requests.send(organizationId, {
      purpose: 'schedule released',
      params: { id },
      call: (client, options) => client.subscriptionSchedules.release(id, {}, options),
    });
  }

  async #end(organizationId: string, id: string): Promise<void> {
    await this.requests.send(organizationId, {
      purpose: 'end',
      params: { id },
      call: (client, options) => client.subscriptions.cancel(id, {}, options),
    });
  }
}

function isScheduled({ schedule }: Stripe.Subscription): boolean {
  return schedule !== null;
}

function isSame(one: Choice, other: Choice | null): boolean {
  return (
    other !== null &&
    one.plan.id === other.plan.id &&
    one.plan.version === other.plan.version &&
    one.interval === other.interval &&
    one.seats === other.seats
  );
}

function ending(
  { cancel_at: cancelAt }: Stripe.Subscription,
  before: Subscription,
  after: Subscription,
): Stripe.SubscriptionUpdateParams {
  if (before.endsWithPeriod === after.endsWithPeriod) return {};
  if (after.endsWithPeriod) return { cancel_at_period_end: true };
  return { cancel_at_period_end: false, ...(cancelAt !== null && { cancel_at: '' }) };
}
