import { z } from 'zod';
import { FEATURES } from '#core/tenancy/entitlement-terms.js';

const MOST = 2_000_000_000;
const count = z.int().min(0).max(MOST).nullable().optional();

/** What is given instead of what the plan says: only what is there differs, null is any number, features are added. */
export const overrideTerms = z
  .strictObject({
    access: z.enum(['full', 'read_only']).optional(),
    seats: count,
    ticketsAMonth: count,
    storageBytes: z.int().min(0).max(Number.MAX_SAFE_INTEGER).nullable().optional(),
    callsAMinute: z.int().min(1).max(MOST).nullable().optional(),
    features: z.array(z.enum(FEATURES)).optional(),
  })
  .refine((terms) => Object.keys(terms).length > 0, 'must give something');

export type OverrideTerms = z.infer<typeof overrideTerms>;
