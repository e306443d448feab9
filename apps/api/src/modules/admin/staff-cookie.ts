import { parseCookie, stringifySetCookie } from 'cookie';
import { StaffHeaderMissing, StaffSessionEnded } from './staff.exceptions.js';
import { STAFF_SESSION_LIFE } from './staff-terms.js';

const NAME = 'manydesk_staff';
/** The cookie travels to these routes and to no other, least of all to a tenant's. */
const PATH = '/api/v1/admin/session';

interface HeaderTaker {
  header(name: string, value: string): unknown;
}

interface HeaderGiver {
  headers: { cookie?: string; 'x-manydesk-csrf'?: unknown };
}

/** Puts a session's secret into its cookie; an empty `value` takes it away. */
export function setStaffCookie(reply: HeaderTaker, value: string, secure: boolean): void {
  const maxAge = value === '' ? 0 : STAFF_SESSION_LIFE / 1000;
  const cookie = { name: NAME, value, httpOnly: true, secure } as const;
  reply.header(
    'set-cookie',
    stringifySetCookie({ ...cookie, sameSite: 'strict', path: PATH, maxAge }),
  );
}

/** The secret that a request's cookie holds. Throws StaffSessionEnded, StaffHeaderMissing. */
export function readStaffCookie(request: HeaderGiver): string {
  const value = parseCookie(request.headers.cookie ?? '')[NAME];
  if (value === undefined) throw new StaffSessionEnded();
  if (request.headers['x-manydesk-csrf'] !== '1') throw new StaffHeaderMissing();
  return value;
}
