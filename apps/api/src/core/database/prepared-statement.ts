import { createHash } from 'node:crypto';
import pg from 'pg';

/** A hand-written statement, named by what it says so that a changed text never meets an old plan. */
export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
}

/** Every text that was declared: a transaction runs these and no other. */
const declared = new Set<string>();

/** Whether `text` is that of a declared statement. */
export function isDeclared(text: unknown): boolean {
  return typeof text === 'string' && declared.has(text);
}

/** Declares a statement. `label` is for people who read `pg_stat_statements`. */
export function preparedStatement(label: string, text: string): PreparedStatement {
  declared.add(text);
  const digest = createHash('sha1').update(text).digest('base64url').slice(0, 12);
  return { name: `${label}_${digest}`.slice(0, 60), text };
}

const shapes = new Map<string, PreparedStatement>();

/** The statement of a text that is put together, made once. Its shapes must be few: each is prepared once a connection. */
export function statementOfShape(label: string, text: string): PreparedStatement {
  const statement = shapes.get(text) ?? preparedStatement(label, text);
  shapes.set(text, statement);
  return statement;
}

const INT8 = 20;
const TIMESTAMPTZ = 1184;

/** How rows of hand-written statements are read: numbers and ISO strings, no Date objects in between. */
export const readRow = {
  getTypeParser(oid: number, format?: string): (text: string) => unknown {
    if (oid === INT8) return Number;
    if (oid === TIMESTAMPTZ) return isoInstant;
    return pg.types.getTypeParser(oid, format as 'text') as (text: string) => unknown;
  },
};

/** `2026-01-31 09:00:00.5+00` as `2026-01-31T09:00:00.500Z`; any other zone goes through Date. */
function isoInstant(text: string): string {
  const zone = text.length - 3;
  if (text.charCodeAt(10) !== 32 || text.slice(zone) !== '+00') return new Date(text).toISOString();
  const seconds = text.slice(11, 19);
  const fraction = zone > 19 ? text.slice(20, zone) : '';
  return `${text.slice(0, 10)}T${seconds}.${fraction.padEnd(3, '0').slice(0, 3)}Z`;
}

/** A row of a raw query of Prisma in the form that {@link readRow} gives. */
export function plainRow<Row extends object>(row: object): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, plain(value)]),
  ) as Row;
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  return value instanceof Date ? value.toISOString() : value;
}
