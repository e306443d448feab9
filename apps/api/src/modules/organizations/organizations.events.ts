import { eventsAbout } from '#core/ledger/event-catalogue.js';
import { flag, id, integer, listOf, nullable, text, time } from '#core/ledger/event-schema.js';

/** The facts of this room. */
export const ORGANIZATION_EVENTS = eventsAbout('organization', {
  'organization.registered': {
    says: 'The organization was founded: the first event of every log.',
    data: { name: text, slug: text },
  },
  'organization.updated': {
    says: 'The name, the look or the settings of the organization were changed.',
    data: {},
    changes: {
      name: text,
      slug: text,
      timeZone: text,
      locale: text,
      accent: nullable(text),
      logo: nullable(text),
    },
  },
  'organization.security_changed': {
    says: 'What is demanded of people who sign in was changed.',
    data: {},
    changes: { sessionHours: integer, secondFactorRequired: flag, allowedDomains: listOf(text) },
  },
  'organization.ownership_transferred': {
    says: 'The organization was handed to another owner, who is named.',
    data: { name: text },
    changes: { owner: id },
  },
  'organization.deletion_scheduled': {
    says: 'The organization will be deleted, for good, on the day that is named.',
    data: {},
    changes: { deleteAfter: nullable(time) },
  },
  'organization.deletion_cancelled': {
    says: 'The organization stays after all.',
    data: {},
    changes: { deleteAfter: nullable(time) },
  },
  'organization.suspended': {
    says: 'The operator of the deployment suspended the organization.',
    data: {},
    changes: { suspendedAt: nullable(time) },
  },
  'organization.resumed': {
    says: 'The operator of the deployment lets the organization work again.',
    data: {},
    changes: { suspendedAt: nullable(time) },
  },
});
