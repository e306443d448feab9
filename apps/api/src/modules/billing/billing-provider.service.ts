import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import { BillingIsOff } from './billing.exceptions.js';
import type { PreviewDto } from './dto/preview.dto.js';
import type { SubscriptionDto } from './dto/subscription.dto.js';
import type { Interval } from './periods.js';
import type { Biller } from './subscription-machine.js';

export type { Biller, Interval };

/** What somebody asks for. */
export interface Wanted {
  planId: string;
  interval: Interval;
  seats: number;
}

/**
 * Who sells plans to the organization in context: takes what people choose, and sees to it that it is billed and written
 * down here. Each of these gives the plan as it then is.
 */
export interface BillingProvider {
  /** Takes a plan, or another one, or other seats. Quiet when it is so already. */
  take(wanted: Wanted): Promise<SubscriptionDto>;
  /** What that would cost; changes nothing. */
  preview(wanted: Wanted): Promise<PreviewDto>;
  /** Ends the plan with its period. Quiet when it does already. */
  cancel(): Promise<SubscriptionDto>;
  /** Takes a cancellation back. Quiet when there is none. */
  keep(): Promise<SubscriptionDto>;
}

/** What a provider that bills by itself knows of the plan of an organization: all that is written of it here. */
export interface ProviderFacts {
  billedBy: Exclude<Biller, 'manual'>;
  planId: string;
  planVersion: number;
  interval: Interval;
  seats: number;
  trialEndsAt: Date | null;
  /** What the periods are counted from. */
  anchorAt: Date;
  periodStart: Date;
  periodEnd: Date;
  /** Since when something is to be paid that was not; null when nothing is. All dunning is counted from it. */
  owedSince: Date | null;
  endsWithPeriod: boolean;
  /** When it was over; null as long as it is not. */
  canceledAt: Date | null;
  /** What it becomes with the next period, when that is arranged. */
  next: (Wanted & { planVersion: number }) | null;
}

/** The providers that there are, of which the deployment has chosen one. */
@Injectable()
export class BillingProviders {
  readonly #providers = new Map<string, BillingProvider>();

  constructor(private readonly config: AppConfig) {}

  /** Says who sells when BILLING_PROVIDER is `name`. Throws when somebody does already. */
  register(name: Biller, provider: BillingProvider): void {
    if (this.#providers.has(name)) throw new Error(`two providers of billing by ${name}`);
    this.#providers.set(name, provider);
  }

  /** Who sells here. Throws {@link BillingIsOff} when nobody does. */
  current(): BillingProvider {
    const name = this.config.settings.billing.provider;
    if (name === 'none') throw new BillingIsOff();
    const provider = this.#providers.get(name);
    if (!provider) throw new Error(`nobody bills by ${name}`);
    return provider;
  }
}
