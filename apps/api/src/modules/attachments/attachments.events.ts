import { eventsAbout } from '#core/ledger/event-catalogue.js';
import { integer, text } from '#core/ledger/event-schema.js';

/** The facts of this room. */
export const ATTACHMENT_EVENTS = eventsAbout('attachment', {
  'attachment.uploaded': {
    says: 'A file was uploaded, to be put on a message.',
    data: { size: integer, mediaType: text },
  },
  'attachment.deleted': {
    says: 'An upload that was on no message was deleted by its uploader.',
    data: {},
  },
});
