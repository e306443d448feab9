const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** RFC 5322 3.3 with the obsolete forms: no seconds, years of two or three digits, zone by name. */
const rfcDate =
  /(?:^|[\s,])(\d{1,2})[\s-]+([A-Za-z]{3})[a-z]{0,6}[\s-]+(\d{2,4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([+-]\d{4}))?/;

/**
 * The date that a mail claims, or null when it is absent, unreadable or absurd. Not `Date.parse`:
 * that one guesses at rubbish, and differently in every engine. Named zones count as UTC, as RFC
 * 5322 4.3 asks for all but a few that nobody sends any more.
 */
export function parseMailDate(value: string): Date | null {
  const match = rfcDate.exec(value.slice(0, 200));
  if (!match) {
    return null;
  }
  const [, day, monthName, year, hour, minute, second = '0', zone = '+0000'] = match;
  const month = months.indexOf(String(monthName).toLowerCase());
  const sign = zone.startsWith('-') ? -1 : 1;
  const offset = sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5)));
  const date = new Date(
    Date.UTC(fullYear(String(year)), month, Number(day), Number(hour), Number(minute) - offset),
  );
  date.setUTCSeconds(Math.min(Number(second), 59));
  const plausible = date.getUTCFullYear() >= 1970 && date.getUTCFullYear() < 2100;
  return month >= 0 && plausible ? date : null;
}

/** RFC 5322 4.3: two digits below 50 mean 20xx, other two- and three-digit years count from 1900. */
function fullYear(year: string): number {
  const number = Number(year);
  if (year.length === 4) {
    return number;
  }
  return year.length === 2 && number < 50 ? 2000 + number : 1900 + number;
}
