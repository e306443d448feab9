import { eventsAbout } from '#core/ledger/event-catalogue.js';
import { flag, integer, text } from '#core/ledger/event-schema.js';

/** The facts of this room. */
export const EXPORT_EVENTS = eventsAbout('export', {
  'export.requested': {
    says: 'Somebody asked for tickets as a file.',
    data: { format: text, messages: flag, notes: flag },
  },
  'export.finished': { says: 'The file is ready.', data: { size: integer } },
  'export.failed': { says: 'The file could not be made.', data: {} },
});
