import type { JobContract } from '#core/jobs/job-contract.js';

/** What is said on tickets is found later, and not while somebody waits for their message to be sent. */
export const INDEX_SEARCH: JobContract = {
  consumer: 'search.index',
  on: [
    'ticket.created',
    'ticket.updated',
    'ticket.message_received',
    'ticket.replied',
    'ticket.noted',
    'ticket.merged',
    'ticket.unmerged',
    'ticket.split',
    'customer.changed',
    'customer.merged',
    'customer.erased',
    'organization.updated',
  ],
  records: [],
  attempts: 8,
  backoff: 2_000,
};

export const SEARCH_JOBS: readonly JobContract[] = [INDEX_SEARCH];
