import type { JobContract } from '#core/jobs/job-contract.js';

export const CUSTOMERS_JOBS: readonly JobContract[] = [];
