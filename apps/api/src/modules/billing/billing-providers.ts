import { BillingNotice } from './billing-notice.service.js';
import { BillingProfile } from './billing-profile.service.js';
import { BillingProviders } from './billing-provider.service.js';
import { Choices } from './choices.service.js';
import { Entitling } from './entitling.service.js';
import { InvoiceIssuing } from './invoice-issuing.service.js';
import { InvoicePayments } from './invoice-payments.service.js';
import { Invoices } from './invoices.service.js';
import { KeptInvoices } from './kept-invoices.service.js';
import { ManualProvider } from './manual-provider.service.js';
import { Overrides } from './overrides.service.js';
import { Plans } from './plans.service.js';
import { ProviderInvoices } from './provider-invoices.service.js';
import { ProviderState } from './provider-state.service.js';
import { SubscriptionStore } from './subscription-store.service.js';
import { SubscriptionSweep } from './subscription-sweep.service.js';
import { Subscriptions } from './subscriptions.service.js';
import { UnplannedSweep } from './unplanned-sweep.service.js';

/** What other rooms sell, change and ask by. */
export const OFFERED = [
  Plans,
  Choices,
  Subscriptions,
  SubscriptionStore,
  BillingProviders,
  ProviderState,
  InvoicePayments,
  ProviderInvoices,
  Overrides,
  BillingProfile,
  BillingNotice,
];

/** What the room of plans and bills is made of beside it. */
export const KEPT_INSIDE = [
  ManualProvider,
  InvoiceIssuing,
  Invoices,
  KeptInvoices,
  Entitling,
  SubscriptionSweep,
  UnplannedSweep,
];
