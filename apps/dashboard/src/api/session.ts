import { renewed } from './renewal.js';
import type { Session } from './types.js';

/**
 * The signed-in person. The access token lives in this module's memory alone (a script that reads
 * the page's storage finds nothing); the refresh token is a cookie that no script can read.
 */
interface State {
  token: string;
  expiresAt: number;
  organizationId: string;
}

/** Says only that a refresh is worth trying, so that a first visit makes no failing request. */
const hintKey = 'manydesk.signedIn';
/** Which organization the cookie is for, so that a tab hears when another one has moved it. */
const placeKey = 'manydesk.organization';
/** Renewed this long before the end, so that no request is sent with a token about to expire. */
const marginMs = 30_000;

let state: State | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let refreshing: Promise<boolean> | null = null;
const listeners = new Set<() => void>();

/**
 * Takes over what sign-in, registration, a switch or refresh answered. When it is for another
 * organization than before, the page starts anew: nothing that was read, typed or listened to in the
 * one may be seen in the other.
 */
export function accept(session: Session): void {
  const organizationId = session.organization.id;
  const moved = state !== null && state.organizationId !== organizationId;
  state = {
    token: session.accessToken,
    expiresAt: Date.now() + session.expiresIn * 1000,
    organizationId,
  };
  localStorage.setItem(hintKey, '1');
  localStorage.setItem(placeKey, organizationId);
  if (moved) startAnew();
  clearTimeout(timer);
  timer = setTimeout(() => void refresh(), Math.max(session.expiresIn * 1000 - marginMs, 5_000));
}

function startAnew(): void {
  window.location.assign('/');
}

/** Forgets the person on this page and, through the storage event, on every other one. */
export function forget(): void {
  state = null;
  clearTimeout(timer);
  localStorage.removeItem(hintKey);
  for (const listener of listeners) listener();
}

/** Calls back when the person is signed out, here or in another tab. */
export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The token to send now; renewed first when it is at its end (a laptop that slept). */
export async function accessToken(): Promise<string | null> {
  if (state && Date.now() >= state.expiresAt - 5_000) await refresh();
  return state?.token ?? null;
}

/**
 * True when somebody is signed in, after asking the refresh cookie when the page is new. `arrived`: a
 * sign-in elsewhere has just set the cookie, of which this page has no hint yet.
 */
export async function restore(arrived = false): Promise<boolean> {
  if (state) return true;
  return arrived || localStorage.getItem(hintKey) ? refresh() : false;
}

/**
 * Trades the refresh cookie for a new access token, once at a time in this tab and (by a lock)
 * in all tabs: the cookie changes with every use, and two uses at once would look like a theft.
 */
export function refresh(): Promise<boolean> {
  refreshing ??= locked(renew).finally(() => {
    refreshing = null;
  });
  return refreshing;
}

async function renew(): Promise<boolean> {
  const session = await renewed<Session>('/api/v1/auth/sessions/refresh', [401, 403]);
  if (session) accept(session);
  else forget();
  return session !== null;
}

function locked<T>(work: () => Promise<T>): Promise<T> {
  // `locks` is missing on plain http other than localhost.
  return navigator.locks ? navigator.locks.request('manydesk.refresh', work) : work();
}

window.addEventListener('storage', (event) => {
  if (event.key === hintKey && event.newValue === null && state) forget();
  if (event.key === placeKey && state && event.newValue !== state.organizationId) startAnew();
});
