import { eventsAbout } from '#core/ledger/event-catalogue.js';
import { anything, flag, integer, listOf, nullable, text } from '#core/ledger/event-schema.js';

const field = { subject: text, key: text, kind: text, name: text };

/** The facts of this room. */
export const FIELD_EVENTS = eventsAbout('field', {
  'field.created': { says: 'A custom field was made.', data: field },
  'field.changed': {
    says: 'A custom field was changed.',
    data: field,
    changes: {
      name: text,
      description: nullable(text),
      options: listOf(anything),
      requiredOnSolve: flag,
      position: integer,
    },
  },
  'field.archived': {
    says: 'A custom field was archived; what is stored in it stays.',
    data: field,
  },
});
