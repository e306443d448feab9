import type { FastifyRequest } from 'fastify';
import type { Principal, PrincipalResolver } from '#core/tenancy/principal.js';
import type { StreamReader } from './event-streams.service.js';

/** What decides over what a reader of the log is shown. */
const SHOWN_BY = ['audit:read', 'tickets:read', 'notes:read'] as const;

/** Who makes the request, for as long as they read: their credential is asked for again. */
export function readerOf(
  principal: Principal,
  request: FastifyRequest,
  principals: PrincipalResolver,
): StreamReader {
  const credential = request.headers.authorization!.replace(/^Bearer +/i, '');
  const { origin } = request.work!;
  const isStillGood = async (): Promise<boolean> => {
    const now = await principals.resolve(credential);
    if (origin) now?.admit?.(origin);
    return now !== null && seesTheSame(principal, now);
  };
  return { principal, isStillGood };
}

/** A reader who came to see more or less comes back, and gets what they may see now. */
function seesTheSame(before: Principal, now: Principal): boolean {
  return (
    now.permissions.has('events:read') &&
    SHOWN_BY.every((right) => now.permissions.has(right) === before.permissions.has(right))
  );
}
