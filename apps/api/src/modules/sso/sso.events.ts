import { eventsAbout } from '#core/ledger/event-catalogue.js';
import { flag, id, listOf, place, text } from '#core/ledger/event-schema.js';

/** The facts of this room. */
export const SSO_EVENTS = [
  ...eventsAbout('sso_connection', {
    'sso.connection_created': {
      says: 'A way in through a provider of identities was set up.',
      data: { name: text, issuer: text, clientId: text, role: text },
    },
    'sso.connection_updated': {
      says: 'A way in through a provider was changed.',
      data: { name: text, secretChanged: flag },
      changes: { name: text, issuer: text, clientId: text, role: text, enabled: flag },
    },
    'sso.connection_deleted': {
      says: 'A way in through a provider was removed, with its domains.',
      data: { name: text, issuer: text, domains: listOf(text) },
    },
    'sso.sign_in_failed': {
      says: 'Somebody came back from the provider and was not let in.',
      data: { reason: text, ...place },
    },
  }),
  ...eventsAbout('sso_domain', {
    'sso.domain_added': {
      says: 'A domain was claimed; it has still to be proved.',
      data: { domain: text, connectionId: id },
    },
    'sso.domain_verified': {
      says: "A domain was proved to be the organization's.",
      data: { domain: text },
    },
    'sso.domain_lost': {
      says: 'Another organization proved the domain, while our proof was gone.',
      data: { domain: text },
    },
    'sso.domain_removed': { says: 'A domain was given up.', data: { domain: text } },
  }),
  ...eventsAbout('organization', {
    'sso.enforced': { says: 'Everybody must come in by single sign-on from now on.', data: {} },
    'sso.unenforced': { says: 'People may come in by other ways again.', data: {} },
  }),
  ...eventsAbout('user', {
    'sso.linked': {
      says: 'A person came in through a provider for the first time.',
      data: { connectionId: id },
    },
    'sso.unlinked': { says: 'A person is no longer known to the provider.', data: {} },
  }),
];
