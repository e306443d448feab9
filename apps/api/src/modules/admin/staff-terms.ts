const MINUTE = 60_000;

/** Seconds that an access token of the staff is good. */
export const STAFF_TOKEN_SECONDS = 10 * 60;
/** Seconds between the password and the code. */
export const CHALLENGE_SECONDS = 10 * 60;
/** Milliseconds that a session lasts at most: a working day. */
export const STAFF_SESSION_LIFE = 10 * 60 * MINUTE;
/** Milliseconds after which a session that was not carried on has ended. */
const STAFF_SESSION_IDLE = 30 * MINUTE;

/** The sessions that are good at `now`, of people who are still of the staff. */
export function goodSession(now: Date) {
  return {
    revokedAt: null,
    endsAt: { gt: now },
    lastUsedAt: { gt: new Date(now.getTime() - STAFF_SESSION_IDLE) },
    staff: { endedAt: null, totpConfirmedAt: { not: null } },
  } as const;
}
