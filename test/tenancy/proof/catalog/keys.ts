import type pg from 'pg';
import type { Findings } from '../finding.js';
import { rowsOf } from './facts.js';
import {
  IDS_WITHOUT_A_KEY,
  KEYS_TO_GLOBAL_TABLES,
  TABLES,
  UNIQUE_WITHOUT_ORGANIZATION,
} from './registry.js';
import { organizationColumn } from './tables.js';

/** A foreign key: pairs of columns, here and there. */
export interface ForeignKey {
  table: string;
  name: string;
  target: string;
  columns: string[];
  targetColumns: string[];
  /** Columns that ON DELETE or ON UPDATE sets to null or a default: `{n,d}` without a list means all of them. */
  setsAll: boolean;
}

interface UniqueIndex {
  table: string;
  name: string;
  first: string | null;
}

/** Unique indexes and foreign keys: each carries the organization, or is listed with a reason. */
export async function checkKeys(client: pg.Client, findings: Findings): Promise<void> {
  const indexes = await readUniqueIndexes(client);
  for (const index of indexes) checkUnique(index, findings);
  const keys = await readForeignKeys(client);
  for (const key of keys) checkForeignKey(key, findings);
  await checkIds(client, keys, findings);
  for (const name of Object.keys(UNIQUE_WITHOUT_ORGANIZATION)) {
    if (!indexes.some((index) => index.name === name)) {
      findings.hole(name, 'is in the registry and not in the database');
    }
  }
  const columns = new Set(
    keys.flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`)),
  );
  for (const column of Object.keys(KEYS_TO_GLOBAL_TABLES)) {
    if (!columns.has(column)) findings.hole(column, 'is in the registry and no foreign key');
  }
}

function checkUnique({ table, name, first }: UniqueIndex, findings: Findings): void {
  const rule = TABLES[table];
  if (rule?.kind !== 'tenant' && rule?.kind !== 'root') return;
  findings.tried('unique indexes');
  if (first === organizationColumn(rule) || name in UNIQUE_WITHOUT_ORGANIZATION) return;
  findings.hole(
    `${table}: ${name}`,
    'is unique across organizations: it tells whether another one has the value',
  );
}

function checkForeignKey(key: ForeignKey, findings: Findings): void {
  const rule = TABLES[key.table];
  const target = TABLES[key.target];
  if (!rule || !target) return;
  findings.tried('foreign keys');
  const where = `${key.table}: ${key.name}`;
  if (key.setsAll)
    findings.hole(where, 'would set the organization to null as well: name the column');
  if (target.kind === 'global') {
    const listed =
      key.columns.length === 1 && `${key.table}.${key.columns[0]}` in KEYS_TO_GLOBAL_TABLES;
    if (!listed) findings.hole(where, `leads to the global table ${key.target} and is not listed`);
    return;
  }
  const carries = key.columns.some(
    (column, place) =>
      column === 'organization_id' && key.targetColumns[place] === organizationColumn(target),
  );
  if (!carries)
    findings.hole(where, 'does not carry the organization: it can name another one’s row');
}

/** An id that no key checks can name anything at all. */
async function checkIds(client: pg.Client, keys: ForeignKey[], findings: Findings): Promise<void> {
  const ids = await rowsOf<{ table: string; column: string }>(
    client,
    `select c.relname as table, a.attname as column
     from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
       and (a.atttypid = 'uuid'::regtype and a.attname <> 'id' or a.attname = 'seq')`,
  );
  for (const { table, column } of ids) {
    if (!TABLES[table] || TABLES[table].kind === 'bookkeeping') continue;
    findings.tried('ids');
    const isKey = keys.some((key) => key.table === table && key.columns.includes(column));
    if (!isKey && !(`${table}.${column}` in IDS_WITHOUT_A_KEY)) {
      findings.hole(`${table}.${column}`, 'is an id that no foreign key checks');
    }
  }
}

function readUniqueIndexes(client: pg.Client): Promise<UniqueIndex[]> {
  // Exclusion constraints tell of other rows just as unique ones do.
  return rowsOf(
    client,
    `select t.relname as table, i.relname as name, a.attname as first
     from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
     join pg_namespace n on n.oid = t.relnamespace
     left join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]
     where n.nspname = 'public' and (x.indisunique or x.indisexclusion) order by 1, 2`,
  );
}

/** Every foreign key of `public`. */
export function readForeignKeys(client: pg.Client): Promise<ForeignKey[]> {
  return rowsOf(
    client,
    `select t.relname as table, k.conname as name, r.relname as target,
       (select array_agg(a.attname::text order by p) from unnest(k.conkey) with ordinality u(n, p)
         join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.n) as columns,
       (select array_agg(a.attname::text order by p) from unnest(k.confkey) with ordinality u(n, p)
         join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.n) as "targetColumns",
       (k.confdeltype in ('n', 'd') and k.confdelsetcols is null) or k.confupdtype in ('n', 'd') as "setsAll"
     from pg_constraint k join pg_class t on t.oid = k.conrelid join pg_class r on r.oid = k.confrelid
     join pg_namespace n on n.oid = t.relnamespace
     where k.contype = 'f' and n.nspname = 'public' order by 1, 2`,
  );
}
