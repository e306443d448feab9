import type pg from 'pg';

/** Schemas that are Postgres' own. */
export const OUR_SCHEMAS = `n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)'`;

/** The roles that the catalog is judged for. */
export interface Roles {
  /** What the tenant pool, the system handle and the staff’s handle sign in as. */
  appLogin: string;
  systemLogin: string;
  adminLogin: string;
}

/** A statement over the catalog, its rows in the given form. */
export async function rowsOf<Row extends object>(
  client: pg.Client,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  return (await client.query<Row>(sql, values)).rows;
}

/** The same expression in one form, whatever version of Postgres wrote it. */
export function plain(expression: string | null): string {
  return (expression ?? '')
    .replace(/ AS "nullif"/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
