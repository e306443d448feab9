import type { JobContract } from '#core/jobs/job-contract.js';

/**
 * Whoever was removed does not come back by an invitation of before, and whoever came another way, by single sign-on
 * or the directory, has no use for theirs.
 */
export const REVOKE_OBSOLETE: JobContract = {
  consumer: 'invitations.revoke_obsolete',
  on: ['user.removed', 'user.joined'],
  records: ['invitation.revoked'],
  attempts: 8,
  backoff: 2_000,
};

export const INVITATION_JOBS = [REVOKE_OBSOLETE] as const;
