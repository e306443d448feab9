/** A day, or a moment of one; what names no zone is of UTC. */
const FORM =
  /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?)?$/;
/** What four digits can name: Postgres takes no year 0, and JavaScript writes the year 10000 in another form. */
const BEGIN = Date.parse('0001-01-01');
const END = Date.UTC(10_000, 0, 1);

/** Whether `text` is a moment of ISO 8601 that is in the calendar and that the database can keep. */
export function isInstant(text: string): boolean {
  if (!FORM.test(text)) return false;
  const moment = Date.parse(text);
  if (!(moment >= BEGIN && moment < END)) return false;
  // Date takes the 30th of February for the 2nd of March; whoever asks means a day that is.
  const day = text.slice(0, 10);
  return new Date(day).toISOString().startsWith(day);
}
