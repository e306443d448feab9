import { eventsAbout } from '#core/ledger/event-catalogue.js';
import { anything, mapOf, oneOf, place, text } from '#core/ledger/event-schema.js';

/** The facts of this room. */
export const AUDIT_EVENTS = eventsAbout('organization', {
  'audit.exported': {
    says: 'Somebody took the trail out as a file.',
    data: { format: oneOf('csv', 'jsonl'), scope: text, filters: mapOf(anything), ...place },
  },
});
