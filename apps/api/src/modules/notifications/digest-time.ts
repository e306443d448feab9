import type { DigestRhythm } from './notification-reasons.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * When the next digest after `now` goes: at the next full hour, or when the clocks of `timeZone` next show `hour`. An
 * hour that summer time leaves out comes one later that day; one that comes twice is its first.
 */
export function nextDigest(
  { every, hour }: { every: DigestRhythm; hour: number },
  timeZone: string,
  now: Date,
): Date {
  const local = now.getTime() + offsetAt(now.getTime(), timeZone);
  if (every === 'hourly') return new Date(now.getTime() + HOUR - (((local % HOUR) + HOUR) % HOUR));
  const midnight = Math.floor(local / DAY) * DAY;
  const [today, tomorrow] = [midnight, midnight + DAY].map((day) =>
    instantOf(day + hour * HOUR, timeZone),
  );
  return new Date(today! > now.getTime() ? today! : tomorrow!);
}

/** Whether `name` is of the IANA time zone database; offsets such as +02:00 know no summer. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}

/** The moment when the clocks of `timeZone` show `local`, milliseconds as if it were UTC. */
function instantOf(local: number, timeZone: string): number {
  const [before, after] = [local - DAY, local + DAY].map((at) => local - offsetAt(at, timeZone));
  const shown = [before!, after!].filter((at) => at + offsetAt(at, timeZone) === local);
  return shown.length > 0 ? Math.min(...shown) : before!;
}

/** Milliseconds by which the clocks of `timeZone` are ahead of UTC at `at`. */
function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((each) => each.type === type)!.value);
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return shown - Math.floor(at / 1000) * 1000;
}
