import { createHmac } from 'node:crypto';
import { visibleEventData } from '#core/ledger/event-visibility.js';
import type { Permission } from '#core/tenancy/permissions.js';
import type { SentEventRow } from './webhook-sending.sql.js';

/** The type of what a ping sends: no event of the log. */
export const PING = 'webhook.ping';
export const SECRET_PREFIX = 'whsec_';

/** A ping in the form of an event. */
interface Ping {
  organizationId: string;
  endpointId: string;
  id: string;
  createdAt: string;
}

/** The body of a delivery: the event as the feed gives it to whoever has the rights `reads`, or the bare fact. */
export function bodyOf(event: SentEventRow, payload: string, reads: readonly string[]): string {
  const { actorType, actorId, subjectType, subjectId, ...rest } = event;
  const subject = { type: subjectType, id: subjectId };
  const { id, type, seq, occurredAt, organizationId } = rest;
  if (payload === 'thin')
    return JSON.stringify({ id, type, seq, occurredAt, organizationId, subject });
  const rights = new Set(reads as readonly Permission[]);
  const data = visibleEventData(type, event.data, rights);
  return JSON.stringify({
    ...rest,
    data: rights.has('audit:read') ? data : withoutPlace(data),
    actor: { type: actorType, id: actorId },
    subject,
  });
}

/** From where somebody came is personal, and for those alone who may see the trail. */
function withoutPlace(data: SentEventRow['data']): SentEventRow['data'] {
  if (data === null) return null;
  const { address: _, userAgent: __, ...rest } = data;
  return rest;
}

/** The body of a ping. */
export function pingBody({ organizationId, endpointId, id, createdAt }: Ping): string {
  return JSON.stringify({
    id,
    type: PING,
    seq: null,
    occurredAt: createdAt,
    organizationId,
    subject: { type: 'webhook_endpoint', id: endpointId },
  });
}

/**
 * The headers of a delivery (Standard Webhooks, 1.0): the id is the event's and stays the same however often it is sent;
 * one signature for each secret, so that a receiver can change to the new one when it likes.
 */
export function headersOf(
  id: string,
  body: string,
  secrets: readonly Buffer[],
  now: Date,
): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const signatures = secrets.map(
    (secret) =>
      `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`,
  );
  return {
    'content-type': 'application/json',
    'user-agent': 'Manydesk-Webhooks/1.0',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}
