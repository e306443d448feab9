import { Injectable } from '@nestjs/common';
import { requireOrganizationId } from '#core/context/context.js';
import { SystemDb } from '#core/database/system-db.js';
import { SubscriptionNotFound } from './billing.exceptions.js';
import { BillingProviders, type Wanted } from './billing-provider.service.js';
import type { PreviewDto } from './dto/preview.dto.js';
import type { SubscriptionDto } from './dto/subscription.dto.js';
import { SubscriptionStore } from './subscription-store.service.js';
import { toSubscriptionDto } from './subscriptions.view.js';

/** The plan of an organization, mostly the one in context, whoever sells it. */
@Injectable()
export class Subscriptions {
  constructor(
    private readonly system: SystemDb,
    private readonly store: SubscriptionStore,
    private readonly providers: BillingProviders,
  ) {}

  /** Throws {@link SubscriptionNotFound}. */
  async current(): Promise<SubscriptionDto> {
    const found = await this.of(requireOrganizationId('a subscription'));
    if (!found) throw new SubscriptionNotFound();
    return found;
  }

  /** That of any organization, for the operator; null when it has taken none. */
  async of(organizationId: string): Promise<SubscriptionDto | null> {
    const found = await this.store.find(this.system.client, organizationId);
    return found && toSubscriptionDto(found);
  }

  /** Takes a plan, or another one, or other seats. Throws BillingIsOff, and what the provider does. */
  async take(wanted: Wanted): Promise<SubscriptionDto> {
    return this.providers.current().take(wanted);
  }

  /** What taking it would cost now, and from the next period on. Throws what {@link take} does. */
  async preview(wanted: Wanted): Promise<PreviewDto> {
    return this.providers.current().preview(wanted);
  }

  /** Ends the plan with its period. Throws BillingIsOff, {@link SubscriptionNotFound}. */
  async cancel(): Promise<SubscriptionDto> {
    return this.providers.current().cancel();
  }

  /** Takes a cancellation back, while the period lasts. Throws BillingIsOff, {@link SubscriptionNotFound}. */
  async keep(): Promise<SubscriptionDto> {
    return this.providers.current().keep();
  }
}
