import type { JobContract } from '#core/jobs/job-contract.js';

/** Whoever is named in a note reads it although nothing else leads them to that ticket. */
export const TELL_MENTIONED: JobContract = {
  consumer: 'notifications.mentioned',
  on: ['ticket.noted'],
  records: [],
  attempts: 8,
  backoff: 2_000,
};

/** A ticket that became somebody's must not wait until they happen to look. */
export const TELL_ASSIGNED: JobContract = {
  consumer: 'notifications.assigned',
  on: ['ticket.assigned'],
  records: [],
  attempts: 8,
  backoff: 2_000,
};

/** What a customer answers is not to wait until somebody happens to look. */
export const TELL_CUSTOMER_REPLIED: JobContract = {
  consumer: 'notifications.customer_replied',
  on: ['ticket.message_received'],
  records: [],
  attempts: 8,
  backoff: 2_000,
};

/** A new ticket is somebody's from its first moment, or their team's. */
export const TELL_CREATED: JobContract = {
  consumer: 'notifications.ticket_created',
  on: ['ticket.created'],
  records: [],
  attempts: 8,
  backoff: 2_000,
};

export const NOTIFICATIONS_JOBS: readonly JobContract[] = [
  TELL_MENTIONED,
  TELL_ASSIGNED,
  TELL_CUSTOMER_REPLIED,
  TELL_CREATED,
];
