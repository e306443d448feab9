/** Domains whose events are work on tickets and mails, and no matter of who came in and who may do what. */
const NOT_OF_THE_TRAIL = ['ticket', 'mail'];

/**
 * Which events of a log are the trail: all but those, so that what a later version adds is in it until somebody takes
 * it out. The text is that of the partial indexes' condition: the planner uses them for no other.
 */
const IN_TRAIL = NOT_OF_THE_TRAIL.map((domain) => `e.type not like '${domain}.%'`).join(' and ');

/** A day (in UTC) or a time with its zone: of ISO 8601 what means the same to everybody, and what Postgres reads. */
export const INSTANT =
  /^(?!0000)\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d))?$/;
export const NOT_AN_INSTANT = { message: 'must be a day, or a date and time with its zone' };

/** Past it a year has five digits, which Postgres reads in another form. A zone can lead there. */
const LAST_INSTANT = Date.parse('9999-12-31T23:59:59.999Z');

/** Which events are asked for. */
export interface TrailFilter {
  /** Names, or `auth.*` for all of a domain. */
  types?: string[] | undefined;
  actorId?: string | undefined;
  subjectId?: string | undefined;
  /** ISO 8601; this instant is in it. */
  from?: string | undefined;
  /** ISO 8601; this instant is not. */
  to?: string | undefined;
}

/** The filters of a query that were sent. */
export function filterOf({ types, actorId, subjectId, from, to }: TrailFilter): TrailFilter {
  const sent = Object.entries({ types, actorId, subjectId, from, to });
  return Object.fromEntries(sent.filter(([, value]) => value !== undefined));
}

/** The trail, or the whole log with the tickets and mails. */
export type TrailScope = 'trail' | 'all';

/** Conditions on `ledger_events e`. `add` gives the place of a value. */
export function conditionsOf(
  { types, actorId, subjectId, from, to }: TrailFilter,
  scope: TrailScope,
  add: (value: unknown) => string,
): string[] {
  return [
    ...(scope === 'trail' ? [IN_TRAIL] : []),
    ...(types === undefined ? [] : [typeCondition(types, add)]),
    ...(actorId === undefined ? [] : [`e.actor_id = ${add(actorId)}::uuid`]),
    ...(subjectId === undefined ? [] : [`e.subject_id = ${add(subjectId)}::uuid`]),
    ...(from === undefined ? [] : [`e.occurred_at >= ${add(instantOf(from))}::timestamptz`]),
    ...(to === undefined ? [] : [`e.occurred_at < ${add(instantOf(to))}::timestamptz`]),
  ];
}

/** A day without a time is its beginning in UTC, whatever the zone of the server. */
function instantOf(text: string): string {
  return new Date(Math.min(Date.parse(text), LAST_INSTANT)).toISOString();
}

function typeCondition(types: string[], add: (value: unknown) => string): string {
  const isDomain = (type: string): boolean => type.endsWith('.*');
  const exact = types.filter((type) => !isDomain(type));
  // An underscore stands for any character in a pattern.
  const patterns = types
    .filter(isDomain)
    .map((type) => type.slice(0, -1).replaceAll('_', '\\_') + '%');
  return `(e.type = any(${add(exact)}::text[]) or e.type like any(${add(patterns)}::text[]))`;
}
