/** What a delivery carries: the whole event, or that it happened. */
export const PAYLOADS = ['full', 'thin'] as const;
export type Payload = (typeof PAYLOADS)[number];

/** Whether a delivery waits for the one before of the same subject. */
export const ORDERINGS = ['none', 'subject'] as const;
export type Ordering = (typeof ORDERINGS)[number];

export const DISABLED_BECAUSE = ['by_hand', 'gone', 'failing'] as const;

export const DELIVERY_STATUSES = ['waiting', 'delivered', 'failed'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

export const REPLAY_STATUSES = ['running', 'done', 'stopped'] as const;

/** One type of event, or all of a domain. */
export const A_TYPE = /^[a-z_]{1,50}\.(?:[a-z_]{1,50}|\*)$/;
export const TYPE_PROBLEM =
  'each type must be one such as ticket.created, or ticket.* for all of them';
export const MOST_TYPES = 100;

/** Requests under way, and begun in a second, that an endpoint may ask for. */
export const MOST_AT_ONCE = 20;
export const HIGHEST_RATE = 100;

/** Why a try did not succeed, as it is shown: no stranger's words, and nothing of the network that we are in. */
export const PROBLEMS = [
  'status',
  'redirect',
  'timeout',
  'address_refused',
  'no_such_host',
  'tls',
  'connection',
] as const;
export type Problem = (typeof PROBLEMS)[number];
