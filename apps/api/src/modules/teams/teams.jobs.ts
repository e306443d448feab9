import type { JobContract } from '#core/jobs/job-contract.js';

/** Somebody who left is in no team any more: whoever comes back is put where they are wanted then. */
export const LEAVE_TEAMS: JobContract = {
  consumer: 'teams.leave',
  on: ['user.removed', 'user.deactivated'],
  records: ['team.member_removed'],
  attempts: 8,
  backoff: 2_000,
};

export const TEAM_JOBS = [LEAVE_TEAMS] as const;
