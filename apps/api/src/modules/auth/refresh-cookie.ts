import { parseCookie, stringifySetCookie } from 'cookie';
import { CsrfHeaderMissing, SessionEnded } from './auth.exceptions.js';
import { SESSION_LIFE } from './sessions.service.js';

const NAME = 'manydesk_refresh';
/** The cookie travels to these routes and to no other. */
const PATH = '/api/v1/auth/sessions';

/** What an answer is for a cookie: something that takes headers. A second one of a name is added to the first. */
export interface HeaderTaker {
  header(name: string, value: string): unknown;
}

interface HeaderGiver {
  headers: { cookie?: string; 'x-manydesk-csrf'?: unknown };
}

/** Sets the refresh cookie: out of reach of scripts, of other sites and of every other route. */
export function setRefreshCookie(reply: HeaderTaker, token: string, secure: boolean): void {
  reply.header('set-cookie', refreshCookie(token, secure, SESSION_LIFE / 1000));
}

export function clearRefreshCookie(reply: HeaderTaker, secure: boolean): void {
  reply.header('set-cookie', refreshCookie('', secure, 0));
}

function refreshCookie(value: string, secure: boolean, maxAge: number): string {
  return stringifySetCookie({
    name: NAME,
    value,
    httpOnly: true,
    sameSite: 'strict',
    secure,
    path: PATH,
    maxAge,
  });
}

/**
 * The refresh token of a request. A second lock beside SameSite: the custom header, which another site cannot
 * send without a preflight that we never grant. Throws CsrfHeaderMissing or SessionEnded.
 */
export function readRefreshCookie(request: HeaderGiver): string {
  const token = parseCookie(request.headers.cookie ?? '')[NAME];
  if (token === undefined) throw new SessionEnded();
  if (request.headers['x-manydesk-csrf'] !== '1') throw new CsrfHeaderMissing();
  return token;
}
