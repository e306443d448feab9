/** An address that is told of events. */
export interface WebhookEndpoint {
  id: string;
  url: string;
  description: string;
  /** Types, or all of a domain as `ticket.*`; every event if there are none. */
  types: string[];
  payload: 'full' | 'thin';
  ordering: 'none' | 'subject';
  maxConcurrency: number;
  ratePerSecond: number;
  isEnabled: boolean;
  disabledAt: string | null;
  disabledBecause: 'by_hand' | 'gone' | 'failing' | null;
  failingSince: string | null;
  lastDeliveredAt: string | null;
  /** The last event of the log that was looked at. */
  atSeq: number;
  waiting: number;
  version: number;
  createdAt: string;
}

export interface WebhookSecret {
  id: string;
  createdAt: string;
  expiresAt: string | null;
}

export const deliveryStatuses = ['waiting', 'delivered', 'failed'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** One event on its way to one endpoint. */
export interface WebhookDelivery {
  id: string;
  endpointId: string;
  eventId: string;
  /** Null for a test. */
  seq: number | null;
  type: string;
  status: DeliveryStatus;
  attempts: number;
  nextAttemptAt: string | null;
  replayId: string | null;
  replayOf: string | null;
  createdAt: string;
  settledAt: string | null;
}

export const attemptProblems = [
  'status',
  'redirect',
  'timeout',
  'address_refused',
  'no_such_host',
  'tls',
  'connection',
] as const;

/** One try of a delivery. */
export interface WebhookAttempt {
  id: string;
  number: number;
  startedAt: string;
  duration: number;
  url: string;
  requestHeaders: Record<string, string>;
  status: number | null;
  responseHeaders: Record<string, string> | null;
  responseBody: string | null;
  problem: string | null;
}

export interface WebhookDeliveryDetail extends WebhookDelivery {
  /** Null for who may not read events. */
  body: string | null;
  tries: WebhookAttempt[];
}

/** A stretch of the log that is sent once more. */
export interface WebhookReplay {
  id: string;
  fromSeq: number;
  toSeq: number;
  atSeq: number;
  made: number;
  status: 'running' | 'done' | 'stopped';
  createdAt: string;
  finishedAt: string | null;
}
