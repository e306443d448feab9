const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Milliseconds before the second try, the third, and so on, as Standard Webhooks has it: three days and a bit in all. */
const WAITS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
/** So that what failed together does not come back together. */
const JITTER = 0.2;
const SHORTEST_WISH = SECOND;
const LONGEST_WISH = 24 * HOUR;

/**
 * Milliseconds until the next try after `attempts` have failed; null when that was the last. Never sooner than the
 * receiver asks for (`wish`, milliseconds), within a second and a day. `random` is from 0 to 1.
 */
export function nextTryIn(attempts: number, wish: number | null, random: number): number | null {
  const wait = WAITS[attempts - 1];
  if (wait === undefined) return null;
  const spread = wait * (1 + JITTER * (2 * random - 1));
  const asked = wish === null ? 0 : Math.min(Math.max(wish, SHORTEST_WISH), LONGEST_WISH);
  return Math.round(Math.max(spread, asked));
}

/** Milliseconds that a `Retry-After` (RFC 9110, 10.2.3) asks to wait, as seconds or as a date; null when it says neither. */
export function wishOf(header: string | null, now: Date): number | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * SECOND;
  const date = /^[A-Za-z]{3,9}, /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime());
}
