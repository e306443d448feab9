/** What plans have or have not. */
export const FEATURES = ['sso', 'custom_roles', 'sla'] as const;
export type Feature = (typeof FEATURES)[number];

/** What a plan bounds, by the names that its failures tell. */
export type Limited = Feature | 'seats' | 'ticketsAMonth' | 'storageBytes';

/** What may be done with an organization: all, only reading, or paying alone. */
export const PLAN_ACCESSES = ['full', 'read_only', 'suspended'] as const;
export type PlanAccess = (typeof PLAN_ACCESSES)[number];
