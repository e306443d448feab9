import type { JobContract } from '#core/jobs/job-contract.js';

/** Who wants their organization deleted pays for no further period. Twelve tries over three days. */
export const END_WITH_ORGANIZATION: JobContract = {
  consumer: 'stripe.end_with_organization',
  on: ['organization.deletion_scheduled'],
  records: [
    'billing.subscribed',
    'billing.plan_changed',
    'billing.cancellation_asked',
    'billing.cancellation_withdrawn',
    'billing.status_changed',
    'billing.renewed',
  ],
  attempts: 12,
  backoff: 60_000,
};

export const STRIPE_JOBS = [END_WITH_ORGANIZATION] as const;
