import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { Log } from '#core/logging/log.js';
import { ProviderInvoices } from '#modules/billing/provider-invoices.service.js';
import { ProviderState } from '#modules/billing/provider-state.service.js';
import { StripeApi } from './stripe-api.service.js';
import { paidOf } from './stripe-paid.js';
import { readSnapshot, type Read, type Snapshot } from './stripe-reading.js';
import { TurnLost, StripeTurns, type Turn } from './stripe-turns.service.js';

/** Milliseconds after which every customer is asked about, heard of or not. */
const DAY = 86_400_000;
/** Milliseconds after a period's end by which Stripe has begun the next one. */
const AFTER_PERIOD = 600_000;
const PAGE = 100;

/** Asks Stripe what there is, and writes it: the only way by which anything of Stripe's comes to be believed. */
@Injectable()
export class StripeSync {
  constructor(
    private readonly api: StripeApi,
    private readonly turns: StripeTurns,
    private readonly state: ProviderState,
    private readonly invoices: ProviderInvoices,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /**
   * Asks about the customer whose turn it is, and writes what there is. Null when there is nothing. Throws
   * {@link TurnLost}, UnknownPrice, PlanNotFound, and what {@link StripeApi.ask} throws.
   */
  async refresh(turn: Turn): Promise<Read | null> {
    await this.turns.extend(turn);
    const { organizationId, customerId } = turn;
    if (customerId === null) return null;
    const snapshot = await this.#fetch(customerId);
    const read = readSnapshot(snapshot);
    const paid = paidOf(snapshot.invoices);
    if (read && read.living > 1)
      this.log.error('stripe.two_subscriptions', { organizationId, customerId });
    const nextLook = this.#nextLook(read?.facts.periodEnd);
    await this.state.apply(organizationId, async (tx) => {
      if (!(await this.turns.settle(tx, turn, nextLook))) throw new TurnLost();
      await this.invoices.keep(tx, organizationId, paid);
      return read?.facts ?? null;
    });
    return read;
  }

  /** What Stripe has of a customer, without writing it. Throws UnknownPrice, and what {@link StripeApi.ask} throws. */
  async look(customerId: string): Promise<Read | null> {
    return readSnapshot(await this.#fetch(customerId));
  }

  async #fetch(customer: string): Promise<Snapshot> {
    const [subscriptions, invoices] = await Promise.all([
      this.api.ask((client) =>
        client.subscriptions
          .list({ customer, status: 'all', limit: PAGE, expand: ['data.schedule'] })
          .autoPagingToArray({ limit: 1000 }),
      ),
      this.api.ask((client) =>
        client.invoices.list({ customer, limit: PAGE }).autoPagingToArray({ limit: 1000 }),
      ),
    ]);
    return { subscriptions, invoices };
  }

  #nextLook(periodEnd: Date | undefined): Date {
    const now = this.clock.now().getTime();
    const turned = (periodEnd?.getTime() ?? 0) + AFTER_PERIOD;
    return new Date(turned > now ? Math.min(turned, now + DAY) : now + DAY);
  }
}
