import { eventsAbout } from '#core/ledger/event-catalogue.js';
import { id, nullable } from '#core/ledger/event-schema.js';

/** The facts of this room. */
export const PORTABILITY_EVENTS = eventsAbout('organization', {
  'organization.archive_requested': {
    says: 'Somebody asked for everything that the organization has as one file.',
    data: { archiveId: id },
  },
  'organization.archive_failed': {
    says: 'The file of everything could not be made.',
    data: { archiveId: id },
  },
  'organization.archived': {
    says: 'Everything that the organization has was written to one file; by the operator when it names no archive.',
    data: { archiveId: nullable(id) },
  },
});
