const minute = 60;
const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 24 * 60 * minute],
  ['month', 30 * 24 * 60 * minute],
  ['week', 7 * 24 * 60 * minute],
  ['day', 24 * 60 * minute],
  ['hour', 60 * minute],
  ['minute', minute],
];

const formats = new Map<string, Intl.RelativeTimeFormat | Intl.DateTimeFormat>();

function remembered<T extends Intl.RelativeTimeFormat | Intl.DateTimeFormat>(
  key: string,
  make: () => T,
): T {
  const found = formats.get(key) as T | undefined;
  if (found) return found;
  const made = make();
  formats.set(key, made);
  return made;
}

/** "5m ago", in the largest unit that fits; `now` is passed so that it can be tested. */
export function relativeTime(iso: string, language: string, now: number): string {
  const seconds = Math.round((new Date(iso).getTime() - now) / 1000);
  const format = remembered(
    `relative.${language}`,
    () => new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'narrow' }),
  );
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return format.format(0, 'second');
}

/** The full date and time, as the language writes it. */
export function exactTime(iso: string, language: string): string {
  return remembered(
    `exact.${language}`,
    () => new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'medium' }),
  ).format(new Date(iso));
}

/** The day alone, in words. */
export function exactDay(iso: string, language: string): string {
  return remembered(
    `day.${language}`,
    () => new Intl.DateTimeFormat(language, { dateStyle: 'long' }),
  ).format(new Date(iso));
}
