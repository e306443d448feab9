import { eventsAbout } from '#core/ledger/event-catalogue.js';
import { flag, integer, nullable, object, text } from '#core/ledger/event-schema.js';

/** The facts of this room. Notifications themselves are none: they only repeat what is in the log. */
export const NOTIFICATION_EVENTS = eventsAbout('user', {
  'user.notifications_changed': {
    says: 'A person wants to be told otherwise from now on.',
    data: {},
    changes: {
      '*': object({ inApp: flag, mail: text }),
      digest: object({ every: text, hour: integer }),
      timeZone: nullable(text),
      locale: nullable(text),
    },
  },
});
