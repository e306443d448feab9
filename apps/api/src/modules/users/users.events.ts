import { eventsAbout } from '#core/ledger/event-catalogue.js';
import { flag, id, listOf, nullable, oneOf, text } from '#core/ledger/event-schema.js';

const person = { name: text };

/** The facts of this room. */
export const USER_EVENTS = [
  ...eventsAbout('user', {
    'user.joined': {
      says: 'Somebody is a member of the organization from now on, or again.',
      data: {
        ...person,
        role: text,
        'isBack?': flag,
        'by?': oneOf('sso', 'directory'),
        'connectionId?': id,
        'invitationId?': id,
      },
    },
    'user.renamed': { says: 'A person was renamed.', data: person, changes: { name: text } },
    'user.role_changed': {
      says: 'A person may do other things from now on.',
      data: { ...person, roleName: text },
      changes: { role: text },
    },
    'user.deactivated': {
      says: 'A person was shut out until they are let in again.',
      data: person,
    },
    'user.reactivated': { says: 'A person who was shut out was let in again.', data: person },
    'user.removed': {
      says: 'A person left the organization for good; what they wrote stays.',
      data: { ...person, email: text },
    },
  }),
  ...eventsAbout('role', {
    'role.created': {
      says: 'A role was made.',
      data: { name: text, description: nullable(text), permissions: listOf(text) },
    },
    'role.updated': {
      says: 'A role was changed, and with it what its people may do.',
      data: { name: text },
      changes: { name: text, description: nullable(text), permissions: listOf(text) },
    },
    'role.deleted': {
      says: 'A role was deleted.',
      data: { name: text, permissions: listOf(text) },
    },
  }),
];
