import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { Log } from '#core/logging/log.js';
import { BillingProfile } from '#modules/billing/billing-profile.service.js';
import { OrganizationsService } from '#modules/organizations/organizations.service.js';
import { StripeApi } from './stripe-api.service.js';
import { StripeRequests } from './stripe-requests.service.js';
import { StripeTurns, type Turn } from './stripe-turns.service.js';
import { taxIdOf } from './tax-id.js';

/** Whom Stripe knows the organization in context as. */
@Injectable()
export class StripeCustomers {
  constructor(
    private readonly api: StripeApi,
    private readonly requests: StripeRequests,
    private readonly turns: StripeTurns,
    private readonly profile: BillingProfile,
    private readonly organizations: OrganizationsService,
    private readonly log: Log,
  ) {}

  /** Stripe's id of the customer, made when there is none, with the name, address and tax number of the billing profile. */
  async ensure(turn: Turn): Promise<string> {
    const { organizationId } = turn;
    const profile = await this.profile.find();
    const params = {
      name: profile?.name ?? (await this.organizations.current()).name,
      ...(profile && { address: addressOf(profile.address) }),
      metadata: { organization_id: organizationId },
    };
    const id = turn.customerId ?? (await this.#make(turn));
    await this.requests.sendChanged(organizationId, {
      purpose: 'customer details',
      params,
      call: (client, options) => client.customers.update(id, params, options),
    });
    const taxId = taxIdOf(profile?.taxId ?? '');
    if (taxId) await this.#keepTaxId(organizationId, id, taxId);
    return id;
  }

  /** Whether something is known that can be charged. */
  async canBeCharged(customerId: string): Promise<boolean> {
    const customer = await this.api.ask((client) => client.customers.retrieve(customerId));
    if (customer.deleted) return false;
    const { invoice_settings: settings, default_source: source } = customer;
    return settings.default_payment_method !== null || source !== null;
  }

  /** Made with nothing that may change before it is asked for again: the same key is for the same words only. */
  async #make(turn: Turn): Promise<string> {
    const params = { metadata: { organization_id: turn.organizationId } };
    const { id } = await this.requests.send(turn.organizationId, {
      purpose: 'customer',
      params,
      call: (client, options) => client.customers.create(params, options),
    });
    await this.turns.name(turn, id);
    return id;
  }

  /** A number that Stripe takes for none is the buyer's to mend, and keeps nobody from paying. */
  async #keepTaxId(
    organizationId: string,
    customerId: string,
    taxId: Stripe.CustomerCreateTaxIdParams,
  ): Promise<void> {
    try {
      const { data } = await this.api.ask((client) => client.customers.listTaxIds(customerId));
      const others = data.filter(({ value }) => value !== taxId.value);
      if (others.length === data.length)
        await this.requests.send(organizationId, {
          purpose: 'tax id',
          params: taxId,
          call: (client, options) => client.customers.createTaxId(customerId, taxId, options),
        });
      for (const { id } of others)
        await this.requests.send(organizationId, {
          purpose: `tax id removed ${id}`,
          params: { id },
          call: (client, options) => client.customers.deleteTaxId(customerId, id, options),
        });
    } catch (error) {
      this.log.warn('stripe.tax_id_refused', { organizationId, error: error as Error });
    }
  }
}

function addressOf(lines: string): Stripe.AddressParam {
  const [line1, ...rest] = lines.split('\n');
  return { line1: line1 ?? '', line2: rest.join(', ') };
}
