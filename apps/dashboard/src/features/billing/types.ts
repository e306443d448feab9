import type { components } from '../../api/schema.js';

type Schemas = components['schemas'];

export type Plan = Schemas['PlanDto'];
export type Choice = Schemas['ChoiceDto'];
export type Interval = Choice['interval'];
export type Subscription = Schemas['SubscriptionDto'];
export type PriceOfChoice = Schemas['PreviewDto'];
export type Invoice = Schemas['InvoiceDto'];
export type BillingProfile = Schemas['BillingProfileDto'];
export type Payment = Schemas['PaymentDto'];
export type Entitlements = Schemas['EntitlementsDto'];
export type Limit = Schemas['EntitlementDto'];
export type UsageByDay = Schemas['UsageDto'];
export type MeterByDay = Schemas['MeterUsageDto'];

/** What a plan has or has not. */
export const features = ['sso', 'custom_roles', 'sla'] as const;
