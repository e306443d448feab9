/** What became of an invitation. One whose time is over stays `pending` until it is sent again or revoked. */
export const INVITATION_STATUSES = ['pending', 'accepted', 'revoked'] as const;

export type InvitationStatus = (typeof INVITATION_STATUSES)[number];

/** Days that an invitation is good for. */
export const GOOD_FOR_DAYS = 7;
export const GOOD_FOR = GOOD_FOR_DAYS * 24 * 3_600_000;
/** Milliseconds between two mails to one address. */
export const MAIL_EVERY = 60_000;
/** Mails of invitations to one address in a day, and in all. */
export const MOST_TO_ADDRESS = 10;
export const MOST_A_DAY = 600;
/** Invitations that an organization may have open. */
export const MOST_OPEN = 200;
