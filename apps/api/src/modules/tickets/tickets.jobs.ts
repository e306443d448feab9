import type { JobContract } from '#core/jobs/job-contract.js';

/** What somebody who left had to do is nobody's until it is given to another: it must not wait unseen with them. */
export const RELEASE_TICKETS: JobContract = {
  consumer: 'tickets.release',
  on: ['user.removed', 'user.deactivated'],
  records: ['ticket.unassigned'],
  attempts: 8,
  backoff: 2_000,
};

export const TICKET_JOBS = [RELEASE_TICKETS] as const;
