import { eventsAbout } from '#core/ledger/event-catalogue.js';
import { id, listOf, nullable, text } from '#core/ledger/event-schema.js';

/** What is somebody's own has no name here: the log is for many readers. */
const shared = { 'name?': text, scope: text, teamId: nullable(id) };

/** The facts of this room. */
export const MACRO_EVENTS = eventsAbout('macro', {
  'macro.created': { says: 'A macro was made.', data: shared },
  'macro.changed': {
    says: 'A macro was changed; `fields` names what.',
    data: { ...shared, fields: listOf(text) },
  },
  'macro.deleted': { says: 'A macro was deleted.', data: shared },
});
