import { eventsAbout } from '#core/ledger/event-catalogue.js';
import { flag, id, listOf, nullable, text } from '#core/ledger/event-schema.js';

const user = { userName: text };
const group = { displayName: text };

/** The facts of this room. What becomes of people is told by their own room, as done by the key of the directory. */
export const SCIM_EVENTS = [
  ...eventsAbout('user', {
    'scim.user_created': {
      says: 'The directory put a person into the organization.',
      data: { ...user, externalId: nullable(text), wasHere: flag },
    },
    'scim.user_updated': {
      says: 'The directory changed a person.',
      data: user,
      changes: {
        userName: text,
        externalId: nullable(text),
        givenName: nullable(text),
        familyName: nullable(text),
        active: flag,
      },
    },
    'scim.user_deleted': {
      says: 'The directory took a person out, who may not come in any more.',
      data: user,
    },
  }),
  ...eventsAbout('scim_group', {
    'scim.group_created': {
      says: 'The directory made a group.',
      data: { ...group, externalId: nullable(text), added: listOf(id) },
    },
    'scim.group_updated': {
      says: 'The directory changed a group or who is in it.',
      data: { ...group, added: listOf(id), removed: listOf(id) },
      changes: { displayName: text, externalId: nullable(text) },
    },
    'scim.group_deleted': { says: 'The directory deleted a group.', data: group },
  }),
];
