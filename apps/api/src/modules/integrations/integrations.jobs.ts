import type { JobContract } from '#core/jobs/job-contract.js';

/** The secrets of somebody who left have ended with their membership: the trail says so of each key. */
export const TELL_ENDED_SECRETS: JobContract = {
  consumer: 'integrations.ended_secrets',
  on: ['user.removed', 'user.deactivated'],
  records: ['api_key.secret_ended'],
  attempts: 8,
  backoff: 2_000,
};

export const INTEGRATION_JOBS = [TELL_ENDED_SECRETS] as const;
