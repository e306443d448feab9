import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { Clock } from '#core/context/clock.js';
import { requireOrganizationId } from '#core/context/context.js';
import { SystemDb } from '#core/database/system-db.js';
import type { Wanted } from '#modules/billing/billing-provider.service.js';
import {
  Choices,
  choose,
  type Choice,
  type Judged,
  type Subscription,
} from '#modules/billing/choices.service.js';
import type { PreviewDto } from '#modules/billing/dto/preview.dto.js';
import { SubscriptionStore } from '#modules/billing/subscription-store.service.js';
import { StripeApi } from './stripe-api.service.js';
import { itemOf } from './stripe-reading.js';
import { StripePrices } from './stripe-prices.service.js';
import { StripeSync } from './stripe-sync.service.js';

type Line = PreviewDto['lines'][number];

/** What can be taken and what it costs: by the machine's rules, in Stripe's own numbers. */
@Injectable()
export class StripeOffers {
  constructor(
    private readonly system: SystemDb,
    private readonly api: StripeApi,
    private readonly choices: Choices,
    private readonly store: SubscriptionStore,
    private readonly prices: StripePrices,
    private readonly sync: StripeSync,
    private readonly clock: Clock,
  ) {}

  /** The plan as it is written here; null when there is none. */
  current(organizationId: string): Promise<Subscription | null> {
    return this.store.find(this.system.client, organizationId);
  }

  /** A choice of who has no plan at Stripe; what was had elsewhere is over, and was the one trial. Throws what Choices.judge does. */
  async begin(organizationId: string, wanted: Wanted): Promise<Judged> {
    const before = await this.current(organizationId);
    return this.choices.judge(before && { ...before, status: 'canceled' }, wanted);
  }

  /** What a plan becomes by a choice. Throws what Choices.judge does. */
  async change(before: Subscription, wanted: Wanted): Promise<Subscription> {
    const { choice } = await this.choices.judge(before, wanted);
    return choose(before, choice, this.clock.now()).subscription;
  }

  /** What a choice would cost now, and from the next period on. Throws what Choices.judge and StripeApi.ask do. */
  async preview(wanted: Wanted): Promise<PreviewDto> {
    const organizationId = requireOrganizationId('a preview');
    const customerId = await this.#customerId(organizationId);
    const before = await this.current(organizationId);
    const now = this.clock.now();
    if (!before || before.status === 'canceled' || customerId === null) {
      const { choice, trialDays, planName } = await this.begin(organizationId, wanted);
      const line = { text: planName, seats: choice.seats, net: priceOf(choice), tax: 0 };
      return preview(choice, now, trialDays > 0 ? [] : [line]);
    }
    const { choice } = await this.choices.judge(before, wanted);
    const after = choose(before, choice, now).subscription;
    if (after.next) return preview(choice, after.periodEnd, []);
    if (before.status === 'trialing') return preview(choice, now, []);
    return preview(choice, now, await this.#lines(organizationId, customerId, choice));
  }

  async #lines(organizationId: string, customer: string, choice: Choice): Promise<Line[]> {
    const price = await this.prices.idOf(organizationId, choice);
    const read = await this.sync.look(customer);
    if (!read) return [];
    const { subscription } = read;
    const item = itemOf(subscription);
    if (item.price.id === price && item.quantity === choice.seats) return [];
    const invoice = await this.api.ask((client) =>
      client.invoices.createPreview({
        customer,
        subscription: subscription.id,
        subscription_details: {
          items: [{ id: item.id, price, quantity: choice.seats }],
          proration_behavior: 'always_invoice',
        },
      }),
    );
    return invoice.lines.data.map(toLine);
  }

  async #customerId(organizationId: string): Promise<string | null> {
    const row = await this.system.client.stripeCustomer.findFirst({
      where: { organizationId },
      select: { customerId: true },
    });
    return row?.customerId ?? null;
  }
}

function toLine(line: Stripe.InvoiceLineItem): Line {
  const { description, quantity, amount, discount_amounts: discounts, taxes } = line;
  const less = sum(discounts?.map((discount) => discount.amount) ?? []);
  const included = sum(amounts(taxes, 'inclusive'));
  const tax = sum(amounts(taxes, 'exclusive')) + included;
  return { text: description ?? '', seats: quantity ?? 0, net: amount - less - included, tax };
}

function amounts(taxes: Stripe.InvoiceLineItem['taxes'], behavior: string): number[] {
  return (taxes ?? [])
    .filter(({ tax_behavior: kind }) => kind === behavior)
    .map(({ amount }) => amount);
}

function preview(choice: Choice, startsAt: Date, lines: Line[]): PreviewDto {
  const net = sum(lines.map((line) => line.net));
  const tax = sum(lines.map((line) => line.tax));
  return {
    ...{ lines, net, tax, total: net + tax, price: priceOf(choice) },
    currency: choice.plan.currency,
    startsAt: startsAt.toISOString(),
  };
}

function priceOf({ plan, interval, seats }: Choice): number {
  return plan.price[interval] * seats;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
