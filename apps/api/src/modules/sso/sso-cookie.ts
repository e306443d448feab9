import { parseCookie, stringifySetCookie } from 'cookie';
import { FLOW_LIFE } from './sso-flows.service.js';

const NAME = 'manydesk_sso';
/** The cookie travels back from the provider to here and to no other route. */
const PATH = '/api/v1/auth/sso';

/** The cookie that ties a sign-in to its browser. Lax: the browser comes back from another site, by a link. */
export function bindingCookie(binding: string, secure: boolean): string {
  return stringifySetCookie({
    name: NAME,
    value: binding,
    httpOnly: true,
    sameSite: 'lax',
    secure,
    path: PATH,
    maxAge: binding === '' ? 0 : FLOW_LIFE / 1000,
  });
}

/** What the cookie of a request holds, or null. */
export function readBinding(cookies: string | undefined): string | null {
  return parseCookie(cookies ?? '')[NAME] ?? null;
}
