import { eventsAbout } from '#core/ledger/event-catalogue.js';
import { listOf, nullable, oneOf, place, text, time } from '#core/ledger/event-schema.js';

const bounds = {
  environment: oneOf('live', 'test'),
  expiresAt: nullable(time),
  allowedNetworks: listOf(text),
};

/** The facts of this room. */
export const INTEGRATION_EVENTS = eventsAbout('api_key', {
  'api_key.created': {
    says: 'An API key was made.',
    data: { name: text, prefix: text, scopes: listOf(text), ...bounds, ...place },
  },
  'api_key.updated': {
    says: 'An API key was renamed or reaches elsewhere from now on.',
    data: { name: text, ...place },
    changes: { name: text, scopes: listOf(text), ...bounds },
  },
  'api_key.rotated': {
    says: 'An API key got a new secret; the one before it ends at `previousEndsAt`.',
    data: { name: text, prefix: text, previousEndsAt: nullable(time), ...place },
  },
  'api_key.secret_ended': {
    says: 'A secret of an API key was ended.',
    data: { name: text, prefix: text, because: oneOf('rotated', 'holder_left') },
  },
  'api_key.revoked': { says: 'An API key was ended for good.', data: { name: text, ...place } },
  'api_key.used_from_new_address': {
    says: 'An API key was used from where it had not been used before.',
    data: { name: text, ...place },
  },
  'api_key.refused': {
    says: 'An API key was used from a network that it may not be used from.',
    data: { name: text, ...place },
  },
});
