import type { JobContract } from '#core/jobs/job-contract.js';

export const ATTACHMENTS_JOBS: readonly JobContract[] = [];
