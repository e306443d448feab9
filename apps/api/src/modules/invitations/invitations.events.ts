import { eventsAbout } from '#core/ledger/event-catalogue.js';
import { text, time } from '#core/ledger/event-schema.js';

const sent = { email: text, role: text, roleName: text, expiresAt: time };

/** The facts of this room. That one was accepted is told by `user.joined`, which names it. */
export const INVITATION_EVENTS = eventsAbout('invitation', {
  'user.invited': { says: 'Somebody was invited to the organization.', data: sent },
  'invitation.resent': {
    says: 'An invitation was mailed anew; the link before is void.',
    data: sent,
  },
  'invitation.revoked': {
    says: 'An invitation was taken back.',
    data: { email: text, because: text },
  },
});
