import type { JobContract } from '#core/jobs/job-contract.js';

/** An endpoint that was switched off by us must not be found out by what does not arrive. */
export const TELL_DISABLED: JobContract = {
  consumer: 'webhooks.tell_disabled',
  on: ['webhook_endpoint.disabled'],
  records: [],
  attempts: 8,
  backoff: 2_000,
};

export const WEBHOOK_JOBS: readonly JobContract[] = [TELL_DISABLED];
