import { z } from 'zod';
import { FEATURES } from '#core/tenancy/entitlement-terms.js';

/** The largest number of what is counted, and the largest price. */
const MOST = 2_000_000_000;
const count = z.int().min(0).max(MOST);

/** A plan as whoever sells it says it: every field, and no other; null is any number. */
export const planForm = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,49}$/),
  name: z.string().min(1).max(100),
  currency: z.string().regex(/^[A-Z]{3}$/),
  monthlyPrice: count,
  yearlyPrice: count,
  trialDays: z.int().min(0).max(365),
  seats: z.int().min(1).max(100_000).nullable(),
  ticketsAMonth: count.nullable(),
  storageBytes: z.int().min(0).max(Number.MAX_SAFE_INTEGER).nullable(),
  callsAMinute: z.int().min(1).max(MOST).nullable(),
  features: z.array(z.enum(FEATURES)),
  /** Whether it can be taken; true if absent. One that cannot is for BILLING_DEFAULT_PLAN. */
  isOffered: z.boolean().optional(),
});
