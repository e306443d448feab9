export const INTERVALS = ['month', 'year'] as const;
export type Interval = (typeof INTERVALS)[number];

export const DAY = 24 * 3_600_000;

/**
 * The moment `count` intervals after `anchor`, in UTC. A month that has no such day ends with its last one, and the next
 * has the day again: 31 January, 28 February, 31 March.
 */
export function after(anchor: Date, interval: Interval, count: number): Date {
  const months = interval === 'year' ? count * 12 : count;
  const day = anchor.getUTCDate();
  const moved = new Date(anchor);
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  const last = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(day, last));
  return moved;
}

/** The end of the period that begins with `start`, of those that are counted from `anchor`. */
export function periodEnd(anchor: Date, interval: Interval, start: Date): Date {
  const months =
    (start.getUTCFullYear() - anchor.getUTCFullYear()) * 12 +
    (start.getUTCMonth() - anchor.getUTCMonth());
  const length = interval === 'year' ? 12 : 1;
  let count = Math.max(0, Math.floor(months / length));
  while (after(anchor, interval, count) <= start) count += 1;
  return after(anchor, interval, count);
}

export function plusDays(at: Date, days: number): Date {
  return new Date(at.getTime() + days * DAY);
}
