import { eventsAbout } from '#core/ledger/event-catalogue.js';
import { id, listOf, nullable, text } from '#core/ledger/event-schema.js';

const view = { scope: text, teamId: nullable(id) };

/** The facts of this room. */
export const VIEW_EVENTS = eventsAbout('view', {
  'view.created': { says: 'A view was made.', data: view },
  'view.changed': {
    says: 'A view was changed; `fields` names what.',
    data: { ...view, fields: listOf(text) },
  },
  'view.deleted': { says: 'A view was deleted; no ticket is touched.', data: view },
});
