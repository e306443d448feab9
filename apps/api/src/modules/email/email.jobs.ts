import type { JobContract } from '#core/jobs/job-contract.js';

/** A reply of the desk is mailed to the requester. Twelve tries: after 5 s, 10 s, 20 s, …, nearly three hours in all. */
export const SEND_REPLY: JobContract = {
  consumer: 'email.send_reply',
  on: ['ticket.replied'],
  records: ['mail.sent', 'mail.failed'],
  attempts: 12,
  backoff: 5_000,
};

export const EMAIL_JOBS = [SEND_REPLY] as const;
