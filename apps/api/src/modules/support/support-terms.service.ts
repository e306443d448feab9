import type { Permission } from '#core/tenancy/permissions.js';

/**
 * What staff may be let look at. Nothing of it is a secret, a key, a bill or an export, and nothing of it changes
 * anything: whoever adds a right here adds what a stranger may read.
 */
export const SUPPORT_SCOPES = [
  'organization:read',
  'users:read',
  'roles:read',
  'tickets:read',
  'notes:read',
  'customers:read',
] as const satisfies readonly Permission[];

export type SupportScope = (typeof SUPPORT_SCOPES)[number];

/** Hours that an organization can let somebody in for. */
export const MOST_HOURS = 72;
/** Hours that two operators can: long enough to help, too short to stay. */
export const MOST_FORCED_HOURS = 4;
/** Seconds that one credential of an access is good. */
export const SUPPORT_TOKEN_SECONDS = 10 * 60;

/** Where an access stands at `now`. */
export type SupportStatus = 'asked' | 'granted' | 'ended';

export function statusOf(
  row: { grantedAt: Date | null; expiresAt: Date | null; endedAt: Date | null },
  now: Date,
): SupportStatus {
  if (row.endedAt !== null) return 'ended';
  if (row.grantedAt === null || row.expiresAt === null) return 'asked';
  return row.expiresAt > now ? 'granted' : 'ended';
}
