import { Injectable } from '@nestjs/common';
import type { Choice } from '#modules/billing/choices.service.js';
import { Plans } from '#modules/billing/plans.service.js';
import { StripeApi } from './stripe-api.service.js';
import type { PlanMarks } from './stripe-reading.js';
import { StripeRequests } from './stripe-requests.service.js';

type Bought = Pick<Choice, 'plan' | 'interval'>;

/** The prices that Stripe has of plans. A version of a plan never changes its price, so what was found is found for good. */
@Injectable()
export class StripePrices {
  readonly #known = new Map<string, string>();

  constructor(
    private readonly api: StripeApi,
    private readonly requests: StripeRequests,
    private readonly plans: Plans,
  ) {}

  /** Stripe's id of a price, which is made when there is none. Throws what {@link StripeApi.ask} does. */
  async idOf(organizationId: string, { plan, interval }: Bought): Promise<string> {
    const key = `manydesk_${plan.id}_v${plan.version}_${interval}`;
    const known = this.#known.get(key) ?? (await this.#find(key));
    const id = known ?? (await this.#make(organizationId, { plan, interval }, key));
    this.#known.set(key, id);
    return id;
  }

  async #find(key: string): Promise<string | undefined> {
    const { data } = await this.api.ask((client) =>
      client.prices.list({ lookup_keys: [key], active: true, limit: 1 }),
    );
    return data[0]?.id;
  }

  async #make(organizationId: string, { plan, interval }: Bought, key: string): Promise<string> {
    const { name } = await this.plans.version(plan.id, plan.version);
    const params = {
      currency: plan.currency.toLowerCase(),
      unit_amount: plan.price[interval],
      recurring: { interval },
      lookup_key: key,
      nickname: `${name} ${plan.version}, ${interval}`,
      metadata: { ...marksOf({ plan }) },
      product_data: { name },
    };
    try {
      const price = await this.requests.send(organizationId, {
        purpose: `price ${key}`,
        params,
        call: (client, options) => client.prices.create(params, options),
      });
      return price.id;
    } catch (error) {
      // Two organizations took the plan first at once: the key is one price's, and the other found it taken.
      const found = await this.#find(key);
      if (found === undefined) throw error;
      return found;
    }
  }
}

/** What says of a price, or of a phase that is planned, which plan it is. */
export function marksOf({ plan }: Pick<Choice, 'plan'>): PlanMarks {
  return { plan_id: plan.id, plan_version: String(plan.version) };
}
