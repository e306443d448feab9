import type { JobContract } from '#core/jobs/job-contract.js';

/** What a change of a ticket is told by. */
const CHANGES = [
  'ticket.updated',
  'ticket.assigned',
  'ticket.unassigned',
  'ticket.snoozed',
  'ticket.woken',
  'ticket.closed',
  'ticket.reopened',
];

/** Ten thousand tickets take longer than anybody waits for an answer. */
export const RUN_BULK: JobContract = {
  consumer: 'operations.run',
  on: ['operation.requested'],
  records: [...CHANGES, 'operation.finished'],
  attempts: 8,
  backoff: 2_000,
};

export const UNDO_BULK: JobContract = {
  consumer: 'operations.undo',
  on: ['operation.undo_requested'],
  records: [...CHANGES, 'operation.undone'],
  attempts: 8,
  backoff: 2_000,
};

export const OPERATIONS_JOBS = [RUN_BULK, UNDO_BULK] as const;
