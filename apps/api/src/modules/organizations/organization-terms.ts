/** The languages that the product writes in. */
export const LOCALES = ['en', 'ar'] as const;

export const LONGEST_SESSION_HOURS = 8_760;
export const MOST_DOMAINS = 50;
/** Days between an owner's wish to delete an organization and its end. */
export const GRACE_DAYS = 14;

/** Whether `name` is of the IANA time zone database, as this machine knows it. */
export function isTimeZone(name: string): boolean {
  // Offsets such as +02:00 are understood too, but know no summer.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}

/** What became of each field that `change` gives and that is another one than `before`. */
export function changesOf<T extends object>(
  before: T,
  change: Partial<T>,
): Record<string, [unknown, unknown]> {
  return Object.fromEntries(
    (Object.keys(change) as (keyof T & string)[])
      .filter((field) => change[field] !== undefined)
      .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(change[field]))
      .map((field) => [field, [before[field], change[field]]]),
  );
}
