import type { CatalogColumn } from './archive.sql.js';
import {
  HEAVY,
  KEPT_IF,
  LEFT_OUT,
  PERSON_COLUMN,
  PERSON_FIELDS,
  PERSON_TABLE,
  REWRITTEN,
} from './archive-scope.js';

/** A table of an archive, and how its rows are read. */
export interface ArchiveTable {
  name: string;
  /** The names of the members of its lines, in order. */
  columns: string[];
  /** The column that names the organization. */
  owner: 'id' | 'organization_id';
  /** What its lines are in the order of, beside the organization. Empty when it has one row. */
  key: string[];
  /** The row as JSON, in the order of its key, after the key that is given. */
  first: string;
  next: string;
}

/** Rows that are read at once. */
const ROWS_A_READ = 200;

/** The tables of an archive, those that others refer to before them. Throws when a table is neither in it nor left out. */
export function archiveTables(
  catalog: readonly CatalogColumn[],
  references: readonly { table: string; target: string }[],
): ArchiveTable[] {
  const byName = Map.groupBy(catalog, ({ table }) => table);
  const names = [...byName.keys()].filter((name) => !(name in LEFT_OUT));
  return inOrder(names, references).map((name) => tableOf(name, byName.get(name)!));
}

function tableOf(name: string, all: CatalogColumn[]): ArchiveTable {
  const rewritten = REWRITTEN[name] ?? {};
  const person = name === PERSON_TABLE ? PERSON_FIELDS : {};
  const kept = all.filter(
    ({ column, isGenerated }) =>
      !isGenerated && !(name === PERSON_TABLE && column === PERSON_COLUMN),
  );
  const hidden = kept.find(({ isReadable }) => !isReadable);
  if (hidden)
    throw new Error(
      `${name}.${hidden.column} may not be read by the tenant role: leave the table out of archives (archive-scope.ts)`,
    );
  const expressions = new Map([
    ...kept.map(
      ({ column, type }) => [column, written(rewritten[column] ?? `t."${column}"`, type)] as const,
    ),
    ...Object.entries(person),
  ]);
  const columns = [...expressions.keys()].toSorted();
  const owner = name === 'organizations' ? 'id' : 'organization_id';
  const keyed = all
    .filter(({ keyPlace, column }) => keyPlace !== null && column !== owner)
    .toSorted((a, b) => a.keyPlace! - b.keyPlace!);
  const members = columns.map((column) => `${expressions.get(column)!} as "${column}"`).join(', ');
  // By their bytes, whatever the database sorts by.
  const sorted = keyed.map(({ column, type }) =>
    type === 'text' ? `t."${column}" collate "C"` : `t."${column}"`,
  );
  const order = sorted.length > 0 ? `order by ${sorted.join(', ')}` : '';
  const given = keyed.map(({ type }, at) => `$${at + 1}::${type}`).join(', ');
  const filters = KEPT_IF[name] ? [KEPT_IF[name]] : [];
  const select = (conditions: string[]): string =>
    `select to_jsonb(r)::text as "line" from (select ${members} from "${name}" t
       ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''} ${order} limit ${rowsARead(name)}) r`;
  return {
    ...{ name, columns, owner, key: keyed.map(({ column }) => column) },
    first: select(filters),
    next: select([...filters, `(${sorted.join(', ')}) > (${given})`]),
  };
}

/** How many rows of a table are read at once. */
export function rowsARead(name: string): number {
  return HEAVY.has(name) ? 1 : ROWS_A_READ;
}

/** Times are written as they are everywhere else (RFC 3339, UTC), and not as the database is set to show them. */
function written(expression: string, type: string): string {
  return type === 'timestamp with time zone'
    ? `to_char((${expression}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
    : expression;
}

/** Each table after those that it refers to; by name where that leaves a choice. Throws when there is a circle. */
function inOrder(
  names: readonly string[],
  references: readonly { table: string; target: string }[],
): string[] {
  const waiting = new Set(names.toSorted());
  // The organization is there before all that is its own; some of that only says so by its policy.
  const ordered = ['organizations'];
  waiting.delete('organizations');
  while (waiting.size > 0) {
    const next = [...waiting].find((name) =>
      references.every(({ table, target }) => table !== name || !waiting.has(target)),
    );
    if (next === undefined)
      throw new Error(`these tables refer to each other in a circle: ${[...waiting].join(', ')}`);
    waiting.delete(next);
    ordered.push(next);
  }
  return ordered;
}
