import { parseCookie, stringifySetCookie } from 'cookie';
import type { HeaderTaker } from './refresh-cookie.js';

const NAME = 'manydesk_remembered';
/** Sign-ins alone ask for it. */
const PATH = '/api/v1/auth';
/** Seconds; the device is forgotten by then on our side too. */
const LIFE = 30 * 24 * 3600;

/** Keeps on a device that it need not show the second factor, out of reach of scripts and of other sites. */
export function setRememberedCookie(reply: HeaderTaker, token: string, secure: boolean): void {
  const cookie = stringifySetCookie({
    name: NAME,
    value: token,
    httpOnly: true,
    sameSite: 'strict',
    secure,
    path: PATH,
    maxAge: LIFE,
  });
  reply.header('set-cookie', cookie);
}

/** The token of a device that is remembered; null without one. */
export function readRememberedCookie(cookies: string | undefined): string | null {
  return parseCookie(cookies ?? '')[NAME] ?? null;
}
