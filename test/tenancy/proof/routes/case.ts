import { newId } from '#core/context/ids.js';
import type { IdKind, Side } from '../world/side.js';
import { canary } from '../world/secrets.js';

/** A request, before anything in it is swapped. */
export interface Asked {
  /** Values of the path's parameters. */
  path: Record<string, string>;
  query: Record<string, string>;
  headers: Record<string, string>;
  /** JSON, or the text of a mail. */
  body?: Record<string, unknown> | string;
}

/** Where an id can stand in a request: `path.id`, `query.cursor`, `body.assigneeId`, `header.last-event-id`. */
export type Place = `${'path' | 'query' | 'body' | 'header'}.${string}`;

/** Something of another organization's that goes there, and the like of it that nobody has. */
export interface Swap {
  what: string;
  theirs: string;
  nobodys: string;
}

/** How a route is attacked. A route without one fails the proof. */
export interface RouteCase {
  /** A request of A's own that is in order. */
  asks(a: Side): Partial<Asked>;
  /** Every place of an id, and what is put there. */
  swaps?: Record<Place, (b: Side) => Swap[]>;
  /** The member of the body that may not be there beside a place, by the place. */
  excludes?: Record<Place, string>;
  /** Why nothing can be swapped. */
  without?: string;
  /** Why it may tell what A itself has said before, the ids of B among it. */
  echoes?: string;
  /** Why it answers a page of another address otherwise than everybody else. */
  refusesOrigins?: string;
  /** What of B's A itself has typed elsewhere, and is told again as its own. */
  repeats?(b: Side): string;
  /** Why the same request may be refused the next time, so that two answers to it are not compared. */
  runsOut?: string;
  /** Why it is asked with the credential of a program alone. */
  onlyPrograms?: string;
}

/** Every id of B: a wrong kind in a place is as foreign as a right one. */
export function ids(b: Side): Swap[] {
  return (Object.keys(b.ids) as IdKind[]).map((kind) => ({
    what: kind,
    theirs: b.ids[kind],
    nobodys: twinOf(b.ids[kind]),
  }));
}

/**
 * An id that nobody has, like `id` in all that a rule of form could look at: its version, its time and its first
 * character. With another form the two answers would differ by the form, and not by what is there.
 */
function twinOf(id: string): string {
  return `${id.slice(0, -12)}${newId().slice(-12)}`;
}

/** A cursor made of a row of B's, and one of the same moment and no row. */
export function cursors(b: Side): Swap[] {
  const cursor = (id: string): string =>
    Buffer.from(`${new Date().toISOString()}|${id}`).toString('base64url');
  return ids(b).map(({ what, theirs, nobodys }) => ({
    what: `cursor of ${what}`,
    theirs: cursor(theirs),
    nobodys: cursor(nobodys),
  }));
}

export const word = (b: Side): Swap[] => [
  { what: 'word', theirs: b.names.word, nobodys: canary() },
];
export const tag = (b: Side): Swap[] => [{ what: 'tag', theirs: b.names.tag, nobodys: canary() }];
export const address = (b: Side): Swap[] => [
  { what: 'address', theirs: b.names.email, nobodys: `${canary()}@customer.example` },
];

export const none = (): Partial<Asked> => ({});
export const anId = { 'path.id': ids };
export const aPage = { 'query.cursor': cursors };
export const nobody = 'it takes no id and answers the same to everybody';
export const ownOnly = 'it takes no id: what it speaks of comes from the credential';

/** Of a row of A's own, with `body`. */
export const of =
  (kind: IdKind, body?: Record<string, unknown>) =>
  (a: Side): Partial<Asked> => ({
    path: { id: a.ids[kind] },
    ...(body === undefined ? {} : { body }),
  });
/** Of an id that is nobody's: what would be done to one's own could not be done twice. */
export const ofNobody = (body?: Record<string, unknown>) => (): Partial<Asked> => ({
  path: { id: newId() },
  ...(body === undefined ? {} : { body }),
});
