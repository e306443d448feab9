import { Module } from '@nestjs/common';
import { BillingModule } from '#modules/billing/billing.module.js';
import { OrganizationsModule } from '#modules/organizations/organizations.module.js';
import { EndWithOrganizationJob } from './jobs/end-with-organization.job.js';
import { StripeApi } from './stripe-api.service.js';
import { StripeChanges } from './stripe-changes.service.js';
import { StripeCustomers } from './stripe-customers.service.js';
import { StripeEventsController } from './stripe-events.controller.js';
import { StripeEvents } from './stripe-events.service.js';
import { StripeLinksController } from './stripe-links.controller.js';
import { StripeLinks } from './stripe-links.service.js';
import { StripeOffers } from './stripe-offers.service.js';
import { StripePrices } from './stripe-prices.service.js';
import { StripeRequests } from './stripe-requests.service.js';
import { StripeSeller } from './stripe-seller.service.js';
import { StripeSyncSweep } from './stripe-sync-sweep.service.js';
import { StripeSync } from './stripe-sync.service.js';
import { StripeTurns } from './stripe-turns.service.js';

/** Sells the plans of the billing room by Stripe. */
@Module({
  imports: [BillingModule, OrganizationsModule],
  controllers: [StripeEventsController, StripeLinksController],
  providers: [
    StripeApi,
    StripeRequests,
    StripeTurns,
    StripePrices,
    StripeCustomers,
    StripeChanges,
    StripeOffers,
    StripeSync,
    StripeSyncSweep,
    StripeEvents,
    StripeSeller,
    EndWithOrganizationJob,
    StripeLinks,
  ],
})
export class StripeModule {}
