import { isId } from '../context/ids.js';
import { isInstant } from '../context/instant.js';
import { ValidationFailed } from '../errors/domain-error.js';

/** Rows that are counted at most: past it `total` is a lower bound, because an exact count of a long list costs more than the list. */
export const COUNTED_AT_MOST = 101;
export const DEFAULT_LIMIT = 25;
export const LARGEST_LIMIT = 100;
export const DEEPEST_SKIP = 10_000;

/** Which page is asked for. `cursor` and `skip` exclude each other. */
export interface PageRequest {
  skip: number;
  limit: number;
  cursor: Cursor | null;
}

/** The place after a row: the value that the list is sorted by, and the row's id to break ties. */
export interface Cursor {
  key: string;
  id: string;
}

/** Takes a value and gives the parameter that stands for it in the text of a statement. */
export type AddValue = (value: unknown) => string;

/**
 * The rows of a page and one past its end, as the last words of a statement. An offset stands there only where rows are
 * skipped: of one that it does not know the planner fears a tenth of the table, so that it would plan a prepared
 * statement anew each time it is asked, which costs more than running it.
 */
export function limitSql({ limit, skip }: PageRequest, add: AddValue): string {
  const most = `limit ${add(limit + 1)}`;
  return skip === 0 ? most : `${most} offset ${add(skip)}`;
}

/** What a service gives for a list. `total` is a lower bound when `totalIsExact` is false. */
export interface Page<T> {
  items: T[];
  total: number;
  totalIsExact: boolean;
  skip: number;
  limit: number;
  /** Names the place after the last item; null at the end. */
  nextCursor: string | null;
}

/** Writes a place down for {@link decodeCursor} to read. */
export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(`${cursor.key}|${cursor.id}`).toString('base64url');
}

/** Reads what {@link encodeCursor} wrote; `key` must match `form`. Throws {@link ValidationFailed}. */
export function decodeCursor(
  text: string,
  form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
): Cursor {
  const [key, id, ...rest] = Buffer.from(text, 'base64url').toString('utf8').split('|');
  const instantIsReal = key !== undefined && (!key.includes('T') || isInstant(key));
  if (key === undefined || !form.test(key) || !instantIsReal || !isId(id) || rest.length > 0) {
    throw new ValidationFailed([
      { field: 'cursor', problem: 'is not one that this list gave: start without it' },
    ]);
  }
  return { key, id };
}

/**
 * Cuts a page out of `rows`, of which one more than `limit` was read, and counts with `count`, which need not
 * count further than {@link COUNTED_AT_MOST}. `cursorOf` names the place of a row.
 */
export function toPage<Row, Item>(
  rows: Row[],
  request: PageRequest,
  counted: number,
  cursorOf: (row: Row) => Cursor,
  toItem: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, request.limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toItem),
    total: Math.min(counted, COUNTED_AT_MOST - 1),
    totalIsExact: counted < COUNTED_AT_MOST,
    skip: request.skip,
    limit: request.limit,
    nextCursor:
      rows.length > request.limit && last !== undefined ? encodeCursor(cursorOf(last)) : null,
  };
}

/** A list that is short by nature, all of it on one page. */
export function wholePage<T>(items: T[]): Page<T> {
  const total = items.length;
  const limit = Math.max(LARGEST_LIMIT, total);
  return { items, total, totalIsExact: true, skip: 0, limit, nextCursor: null };
}

/**
 * The query of a list whose newest rows come first, for a table with `createdAt` and `id`: the rows of the page and
 * one more, which tells whether there is a next.
 */
export function newestFirst({ cursor, skip, limit }: PageRequest) {
  return {
    where: cursor
      ? {
          OR: [{ createdAt: { lt: cursor.key } }, { createdAt: cursor.key, id: { lt: cursor.id } }],
        }
      : {},
    orderBy: [{ createdAt: 'desc' as const }, { id: 'desc' as const }],
    skip,
    take: limit + 1,
  };
}

/**
 * The query for one of several tables of which the rows are one such list: what {@link newestOfAll} makes the page of. Rows
 * that are skipped are read, because nobody knows of which table they are.
 */
export function newestFirstOfMany(page: PageRequest) {
  return { ...newestFirst(page), skip: 0, take: page.skip + page.limit + 1 };
}

/** The rows of the page, and one more, out of what {@link newestFirstOfMany} found in each table. */
export function newestOfAll<Row extends { createdAt: Date; id: string }>(
  { skip, limit }: PageRequest,
  ...found: Row[][]
): Row[] {
  return found
    .flat()
    .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1))
    .slice(skip, skip + limit + 1);
}

/** The place of a row in such a list. */
export function newestFirstCursor(row: { createdAt: Date; id: string }): Cursor {
  return { key: row.createdAt.toISOString(), id: row.id };
}
