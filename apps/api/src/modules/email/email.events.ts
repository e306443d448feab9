import { eventsAbout } from '#core/ledger/event-catalogue.js';
import { id, integer, nullable, oneOf, text } from '#core/ledger/event-schema.js';

/** What was sent and how: an answer of the desk to a customer. */
const delivery = { messageId: id, 'to?': text };

/** The facts of this room. */
export const EMAIL_EVENTS = eventsAbout('mail', {
  'mail.received': {
    says: 'A mail came in; `disposition` says what became of it.',
    data: {
      disposition: oneOf('ticket', 'reply', 'duplicate'),
      reason: nullable(text),
      from: nullable(text),
      'ticketId?': id,
      'ticketNumber?': integer,
      'messageId?': id,
    },
  },
  'mail.rejected': {
    says: 'A mail came in, was kept, and became no message.',
    data: { disposition: oneOf('rejected'), reason: nullable(text), from: nullable(text) },
  },
  'mail.sent': {
    says: 'A reply was taken by the mail server of its reader or by ours.',
    data: { ...delivery, 'messageIdHeader?': text },
  },
  'mail.failed': {
    says: 'A reply could not be delivered and is not tried again.',
    data: { ...delivery, reason: text },
  },
});
