import { eventsAbout } from '#core/ledger/event-catalogue.js';
import { flag, id, integer, listOf, nullable, text, time } from '#core/ledger/event-schema.js';

/** The facts of this room. */
export const SUPPORT_EVENTS = eventsAbout('support_access', {
  'support.access_asked': {
    says: 'One of the staff of the deployment asked to look into the organization.',
    data: { staffName: text, reason: text, scopes: listOf(text), hours: integer },
  },
  'support.access_granted': {
    says: 'The organization lets one of the staff look into it for a time.',
    data: { staffName: text, scopes: listOf(text) },
    changes: { expiresAt: nullable(time) },
  },
  'support.access_forced': {
    says: 'Two operators of the deployment let one of the staff look into the organization, which was not asked.',
    data: { staffName: text, scopes: listOf(text), operators: listOf(id) },
    changes: { expiresAt: nullable(time) },
  },
  'support.access_ended': {
    says: 'What the staff asked for was refused, taken back or given back before its time was over.',
    data: { staffName: text, because: text, wasGranted: flag },
  },
  'support.looked': {
    says: 'One of the staff looked at something. Of one thing it is told once a minute at most.',
    data: { staffName: text, route: text, subjectId: nullable(id) },
  },
});
