/** The states of a ticket. `closed` is reached and left by closure alone. */
export const TICKET_STATUSES = ['open', 'pending', 'on_hold', 'solved', 'closed'] as const;
export const SETTABLE_STATUSES = ['open', 'pending', 'on_hold', 'solved'] as const;
export const TICKET_PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
/** What kind of matter it is, when somebody has said so. */
export const TICKET_TYPES = ['question', 'incident', 'problem', 'task'] as const;
export const TICKET_SORTS = [
  '-updatedAt',
  'updatedAt',
  '-createdAt',
  'createdAt',
  '-priority',
  'priority',
  '-number',
  'number',
  '-lastMessageAt',
  'lastMessageAt',
] as const;

export type TicketStatus = (typeof TICKET_STATUSES)[number];
export type TicketPriority = (typeof TICKET_PRIORITIES)[number];
export type TicketType = (typeof TICKET_TYPES)[number];
export type TicketSort = (typeof TICKET_SORTS)[number];
export type Channel = 'api' | 'web' | 'email';

/** How long things may be, in characters. */
export const LONGEST_SUBJECT = 500;
export const LONGEST_BODY = 200_000;
export const LONGEST_TAG = 50;
export const MOST_TAGS = 50;
/** People beside the requester who get every reply. */
export const MOST_CC = 50;
/** A number is an integer of Postgres. */
export const LARGEST_NUMBER = 2_147_483_647;
