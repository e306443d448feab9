/** An amount in the smallest unit of its currency, as the language writes money. */
export function money(amount: number, currency: string, language: string): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}

/** The day on which a moment falls where the organization is. */
export function dayIn(iso: string, language: string, timeZone: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(new Date(iso));
}

/** A day that is named, such as 2026-01-31: the same wherever one is. */
export function namedDay(day: string, language: string, dateStyle: 'long' | 'medium'): string {
  const at = new Date(`${day}T00:00:00Z`);
  return new Intl.DateTimeFormat(language, { dateStyle, timeZone: 'UTC' }).format(at);
}

export function count(value: number, language: string): string {
  return new Intl.NumberFormat(language).format(value);
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Storage as plans are sold: a kilobyte has 1,024 bytes, so that 5 GB of a plan are said as five. */
export function storage(bytes: number, language: string): string {
  const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10));
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: units[step],
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step < 2 ? 0 : 1,
  }).format(bytes / 1024 ** step);
}

/** A share in whole hundredths. */
export function percent(value: number, language: string): string {
  return new Intl.NumberFormat(language, { style: 'percent' }).format(value / 100);
}
