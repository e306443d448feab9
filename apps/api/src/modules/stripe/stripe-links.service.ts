import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { AppConfig } from '#core/config/config.module.js';
import { requireOrganizationId } from '#core/context/context.js';
import type { Wanted } from '#modules/billing/billing-provider.service.js';
import { StripeOffers } from './stripe-offers.service.js';
import type { LinkDto } from './dto/link.dto.js';
import { StripeApi } from './stripe-api.service.js';
import { StripeCustomers } from './stripe-customers.service.js';
import { ProviderRefused, StripeIsOff, SubscribedAlready } from './stripe.exceptions.js';
import { StripePrices } from './stripe-prices.service.js';
import { StripeRequests } from './stripe-requests.service.js';
import { StripeSync } from './stripe-sync.service.js';
import { StripeTurns, type Turn } from './stripe-turns.service.js';

/** Where the pages of Stripe lead back to. */
const BACK = '/settings/billing';

/** Pages of Stripe for the organization in context: cards are entered there and never here. */
@Injectable()
export class StripeLinks {
  constructor(
    private readonly api: StripeApi,
    private readonly turns: StripeTurns,
    private readonly sync: StripeSync,
    private readonly customers: StripeCustomers,
    private readonly prices: StripePrices,
    private readonly requests: StripeRequests,
    private readonly offers: StripeOffers,
    private readonly config: AppConfig,
  ) {}

  /**
   * Opens a checkout for who has no plan: with a trial for who never had one, coupons and tax numbers. Those that were open
   * are closed, so that nobody pays twice. Throws {@link SubscribedAlready}, PlanNotFound, TooManySeats, StripeIsOff, and
   * what {@link StripeApi.ask} throws.
   */
  checkout(wanted: Wanted): Promise<LinkDto> {
    return this.#inTurn(async (turn) => {
      const { organizationId } = turn;
      const read = await this.sync.refresh(turn);
      if (read && read.facts.canceledAt === null) throw new SubscribedAlready();
      const { choice, trialDays } = await this.offers.begin(organizationId, wanted);
      const customer = await this.customers.ensure(turn);
      await this.#closeOpen(organizationId, customer);
      const price = await this.prices.idOf(organizationId, choice);
      const params: Stripe.Checkout.SessionCreateParams = {
        mode: 'subscription',
        customer,
        client_reference_id: organizationId,
        line_items: [{ price, quantity: choice.seats }],
        allow_promotion_codes: true,
        tax_id_collection: { enabled: true },
        customer_update: { name: 'auto', address: 'auto' },
        subscription_data: {
          metadata: { organization_id: organizationId },
          ...(trialDays > 0 && { trial_period_days: trialDays }),
        },
        success_url: this.#back('?checkout=done'),
        cancel_url: this.#back('?checkout=left'),
      };
      const { url } = await this.requests.send(organizationId, {
        purpose: 'checkout',
        params,
        call: (client, options) => client.checkout.sessions.create(params, options),
      });
      if (url === null) throw new ProviderRefused({ reason: 'the checkout has no address' });
      return { url };
    });
  }

  /** Opens the portal: ways to pay, invoices, address. Throws StripeIsOff and what {@link StripeApi.ask} throws. */
  portal(): Promise<LinkDto> {
    return this.#inTurn(async (turn) => {
      const params = { customer: await this.customers.ensure(turn), return_url: this.#back('') };
      const { url } = await this.requests.send(turn.organizationId, {
        purpose: 'portal',
        params,
        call: (client, options) => client.billingPortal.sessions.create(params, options),
      });
      return { url };
    });
  }

  async #inTurn(open: (turn: Turn) => Promise<LinkDto>): Promise<LinkDto> {
    if (!this.api.isOn) throw new StripeIsOff();
    return this.turns.hold(requireOrganizationId('a page of Stripe'), open);
  }

  async #closeOpen(organizationId: string, customer: string): Promise<void> {
    const { data } = await this.api.ask((client) =>
      client.checkout.sessions.list({ customer, status: 'open', limit: 100 }),
    );
    for (const { id } of data)
      await this.requests.send(organizationId, {
        purpose: `checkout closed ${id}`,
        params: { id },
        call: (client, options) => client.checkout.sessions.expire(id, {}, options),
      });
  }

  #back(query: string): string {
    return `${this.config.settings.publicUrl}${BACK}${query}`;
  }
}
