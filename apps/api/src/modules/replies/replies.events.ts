import { eventsAbout } from '#core/ledger/event-catalogue.js';
import { id, listOf, nullable, text } from '#core/ledger/event-schema.js';

/** What is somebody's own has no name here: the log is for many readers. */
const shared = { 'name?': text, scope: text, teamId: nullable(id) };

/** The facts of this room. */
export const REPLY_EVENTS = eventsAbout('canned_reply', {
  'canned_reply.created': { says: 'A ready-made reply was written.', data: shared },
  'canned_reply.changed': {
    says: 'A ready-made reply was changed; `fields` names what.',
    data: { ...shared, fields: listOf(text) },
  },
  'canned_reply.deleted': { says: 'A ready-made reply was deleted.', data: shared },
});
