import { eventsAbout } from '#core/ledger/event-catalogue.js';
import { flag, id, nullable, oneOf, place, text, time } from '#core/ledger/event-schema.js';

/** How a session was opened. */
const entry = { method: text, secondFactor: nullable(flag), ...place };

/** The facts of this room. */
export const AUTH_EVENTS = [
  ...eventsAbout('session', {
    'auth.signed_in': { says: 'A person signed in to the organization.', data: entry },
    'auth.signed_out': { says: 'A person signed out.', data: { ...place } },
    'auth.session_revoked': {
      says: 'A session was ended: by its person from elsewhere, or because the provider behind it was switched off.',
      data: { userId: id, ...place },
    },
    'auth.refresh_reused': {
      says: 'A refresh token was used twice, so the session was ended: one of the two was a thief.',
      data: { userId: id, ...place },
    },
    'auth.organization_switched': {
      says: 'A session went from one organization to another; each learns only its own half.',
      data: {
        to: oneOf('this', 'another'),
        'method?': text,
        'secondFactor?': nullable(flag),
        ...place,
      },
    },
    'sso.break_glass_used': {
      says: 'An owner signed in without the single sign-on that everybody else must use.',
      data: entry,
    },
  }),
  ...eventsAbout('user', {
    'auth.sign_in_failed': {
      says: 'Somebody failed to sign in as this person.',
      data: { reason: text, knownDevice: flag, at: time, ...place },
    },
    'auth.password_changed': { says: 'A person changed their password.', data: { ...place } },
    'auth.password_reset_asked': {
      says: 'Somebody asked for a link that sets a new password for this person.',
      data: {},
    },
    'auth.password_reset': {
      says: 'A person set a new password by a mailed link.',
      data: { ...place },
    },
    'auth.email_change_asked': {
      says: 'A person asked to sign in with another address; the new one has still to be confirmed.',
      data: { ...place },
      changes: { email: text },
    },
    'auth.email_changed': {
      says: 'A person signs in with another address from now on.',
      data: { ...place },
      changes: { email: text },
    },
    'auth.profile_changed': {
      says: 'A person changed their own name.',
      data: {},
      changes: { name: text },
    },
  }),
];
