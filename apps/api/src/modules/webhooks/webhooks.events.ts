import { eventsAbout } from '#core/ledger/event-catalogue.js';
import { flag, id, integer, listOf, nullable, oneOf, text } from '#core/ledger/event-schema.js';

/** The address without its query: a token may stand there. */
const url = text;

/** The facts of this room. */
export const WEBHOOK_EVENTS = eventsAbout('webhook_endpoint', {
  'webhook_endpoint.created': {
    says: 'Somebody asked for events to be sent to an address.',
    data: { url, types: listOf(text), payload: oneOf('full', 'thin') },
  },
  'webhook_endpoint.changed': {
    says: 'Somebody changed where or how events are sent.',
    data: { url },
    changes: {
      url,
      description: text,
      types: listOf(text),
      payload: oneOf('full', 'thin'),
      ordering: oneOf('none', 'subject'),
      maxConcurrency: integer,
      ratePerSecond: integer,
    },
  },
  'webhook_endpoint.enabled': {
    says: 'An endpoint was switched on again: it goes on where it stood in the log.',
    data: { url },
    changes: { isEnabled: flag },
  },
  'webhook_endpoint.disabled': {
    says: 'An endpoint was switched off: by somebody, because it answered 410, or after five days of nothing but failures.',
    data: { url, reason: oneOf('by_hand', 'gone', 'failing') },
  },
  'webhook_endpoint.secret_rotated': {
    says: 'An endpoint has a new secret; the one of before signs beside it for a day.',
    data: { url, secretId: id },
  },
  'webhook_endpoint.replayed': {
    says: 'Somebody asked for events to be sent to an endpoint once more.',
    data: {
      url,
      fromSeq: integer,
      toSeq: integer,
      replayId: nullable(id),
    },
  },
  'webhook_endpoint.removed': {
    says: 'An endpoint was deleted: nothing is sent to it any more.',
    data: { url },
  },
});
