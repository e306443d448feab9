import type { JobContract } from '#core/jobs/job-contract.js';

/** A file of a million tickets is written while nobody waits for it. */
export const WRITE_EXPORT: JobContract = {
  consumer: 'exports.write',
  on: ['export.requested'],
  records: ['export.finished', 'export.failed'],
  attempts: 5,
  backoff: 5_000,
};

/** All that an organization has is written while nobody waits for it. */
export const MAKE_ARCHIVE: JobContract = {
  consumer: 'exports.archive',
  on: ['organization.archive_requested'],
  records: ['organization.archived', 'organization.archive_failed'],
  attempts: 5,
  backoff: 5_000,
};

export const EXPORTS_JOBS: readonly JobContract[] = [WRITE_EXPORT, MAKE_ARCHIVE];
