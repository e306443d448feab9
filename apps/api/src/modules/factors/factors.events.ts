import { eventsAbout } from '#core/ledger/event-catalogue.js';
import { id, integer, oneOf, place, text } from '#core/ledger/event-schema.js';

const factor = { factor: oneOf('totp', 'passkey') };
const passkey = { ...factor, 'id?': id, 'name?': text, ...place };

/** The facts of this room. Each is told to every organization that the person is in. */
export const FACTOR_EVENTS = eventsAbout('user', {
  'auth.second_factor_added': {
    says: 'A person set up an authenticator app.',
    data: { ...factor, ...place },
  },
  'auth.second_factor_removed': {
    says: 'A person removed their authenticator app.',
    data: { ...factor, ...place },
  },
  'auth.second_factor_reset': {
    says: 'The second factors of a person were taken away by somebody else.',
    data: {
      by: text,
      totp: integer,
      passkeys: integer,
      recoveryCodes: integer,
      devices: integer,
      ...place,
    },
  },
  'auth.second_factor_failed': {
    says: 'A wrong second factor was given, after the right password.',
    data: { factor: text, ...place },
  },
  'auth.recovery_codes_made': { says: 'A person made new recovery codes.', data: { ...place } },
  'auth.recovery_code_used': {
    says: 'A person signed in with a recovery code; `left` counts the others.',
    data: { left: integer, ...place },
  },
  'auth.passkey_added': { says: 'A person added a passkey.', data: passkey },
  'auth.passkey_removed': { says: 'A person removed a passkey.', data: passkey },
  'auth.device_remembered': {
    says: 'A person asked not to be asked for a second factor on this device.',
    data: { id, device: text, ...place },
  },
  'auth.device_forgotten': {
    says: 'A remembered device was forgotten, or several.',
    data: { 'id?': id, 'devices?': integer, ...place },
  },
});
