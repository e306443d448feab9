import { renewed } from '../../api/renewal.js';
import type { StaffSession } from './types.js';

/**
 * The staff member who is signed in, apart from any person of a desk: another token, another cookie, other keys in the
 * browser's storage. Nothing here renews by itself: a console that is left alone is signed out when its time is over.
 */
interface State {
  token: string;
  expiresAt: number;
}

/** Says only that a refresh is worth trying, so that a first visit makes no failing request. */
const hintKey = 'manydesk.staffSignedIn';
/** Renewed this long before the end, so that no request is sent with a token about to expire. */
const marginMs = 15_000;

let state: State | null = null;
let refreshing: Promise<boolean> | null = null;
const listeners = new Set<() => void>();

/** Takes over what the sign-in or the cookie's renewal answered. */
export function acceptStaff({ accessToken, expiresIn }: StaffSession): void {
  state = { token: accessToken, expiresAt: Date.now() + expiresIn * 1000 };
  localStorage.setItem(hintKey, '1');
}

/** Forgets the staff member on this page and, through the storage event, on every other one. */
export function forgetStaff(): void {
  state = null;
  localStorage.removeItem(hintKey);
  for (const listener of listeners) listener();
}

/** Calls back when the staff member is signed out, here or in another tab. */
export function onStaffSignedOut(listener: () => void): void {
  listeners.add(listener);
}

/** The token to send now; renewed first when it is at its end. */
export async function staffToken(): Promise<string | null> {
  if (state && Date.now() >= state.expiresAt - marginMs) await refreshStaff();
  return state?.token ?? null;
}

/** True when somebody is signed in, after asking the cookie when the page is new. */
export async function restoreStaff(): Promise<boolean> {
  if (state) return true;
  return localStorage.getItem(hintKey) ? refreshStaff() : false;
}

/** Trades the cookie for a new access token, once at a time. */
export function refreshStaff(): Promise<boolean> {
  refreshing ??= renew().finally(() => {
    refreshing = null;
  });
  return refreshing;
}

async function renew(): Promise<boolean> {
  // From another network the realm is not there at all.
  const session = await renewed<StaffSession>('/api/v1/admin/session/refresh', [401, 403, 404]);
  if (session) acceptStaff(session);
  else forgetStaff();
  return session !== null;
}

window.addEventListener('storage', (event) => {
  if (event.key === hintKey && event.newValue === null && state) forgetStaff();
});
