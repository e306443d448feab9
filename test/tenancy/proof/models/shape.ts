import type pg from 'pg';
import { rowsOf } from '../catalog/facts.js';
import { readForeignKeys } from '../catalog/keys.js';
import { TABLES } from '../catalog/registry.js';

/** A scalar of a model. */
export interface Scalar {
  name: string;
  column: string;
  /** Prisma's name of the type: String, Int, BigInt, Boolean, DateTime, Bytes, Json. */
  type: string;
}

export interface Relation {
  name: string;
  target: string;
  isList: boolean;
}

/** The columns by which a row names one of another model, the organization left out. */
export interface Reference {
  name: string;
  target: string;
  /** Field here to field there. */
  fields: [string, string][];
}

/** What the proof knows of a model: from the generated client, and from the tables behind it. */
export interface ModelShape {
  model: string;
  delegate: string;
  table: string;
  /** The field that carries the organization; null for a model of the deployment. */
  tenantField: string | null;
  scalars: Scalar[];
  relations: Relation[];
  references: Reference[];
  /** The primary key and every unique index, as fields. The primary key is the first. */
  uniques: string[][];
}

interface RuntimeModel {
  dbName: string | null;
  fields: { name: string; kind: string; type: string; dbName?: string }[];
}

/** The models of a generated client, with the keys that the database has for them. */
export async function readShapes(client: object, owner: pg.Client): Promise<ModelShape[]> {
  const { models } = (client as { _runtimeDataModel: { models: Record<string, RuntimeModel> } })
    ._runtimeDataModel;
  const keys = await readForeignKeys(owner);
  const uniques = await readUniques(owner);
  const generated = await readGenerated(owner);
  const modelOf = new Map(
    Object.entries(models).map(([model, { dbName }]) => [dbName ?? model, model]),
  );
  const shapes = Object.entries(models).map(([model, { dbName, fields }]) => {
    const table = dbName ?? model;
    const scalars = fields
      .filter(({ kind }) => kind === 'scalar')
      .filter(({ name, dbName: column }) => !generated.has(`${table}.${column ?? name}`))
      .map(({ name, type, dbName: column }) => ({ name, type, column: column ?? name }));
    const fieldOf = (columns: string[], of = fields): string[] =>
      columns.map((column) => of.find((field) => (field.dbName ?? field.name) === column)!.name);
    const own = keys.filter((key) => key.table === table && modelOf.has(key.target));
    return {
      model,
      delegate: model[0]!.toLowerCase() + model.slice(1),
      table,
      tenantField: tenantFieldOf(table),
      scalars,
      relations: fields
        .filter(({ kind }) => kind === 'object')
        .map(({ name, type }) => ({
          name,
          target: type,
          isList: !own.some((key) => modelOf.get(key.target) === type),
        })),
      references: own.flatMap((key) => {
        const target = modelOf.get(key.target)!;
        const there = fieldOf(key.targetColumns, models[target]!.fields);
        const pairs = fieldOf(key.columns).map((field, place): [string, string] => [
          field,
          there[place]!,
        ]);
        const named = pairs.filter(([field]) => field !== 'organizationId');
        return named.length === 0 ? [] : [{ name: key.name, target, fields: named }];
      }),
      uniques: (uniques.get(table) ?? []).map((columns) => fieldOf(columns)),
    };
  });
  // First those whose rows repeat what another's row says: an attack through a relation may rename the attacker's own.
  const repeats = ({ references }: ModelShape): number =>
    Math.max(0, ...references.map(({ fields }) => fields.length));
  return shapes.toSorted((one, other) => repeats(other) - repeats(one));
}

/** Columns that Postgres makes of others, as `table.column`: nobody writes them. */
async function readGenerated(owner: pg.Client): Promise<Set<string>> {
  const rows = await rowsOf<{ name: string }>(
    owner,
    `select t.relname || '.' || a.attname as name from pg_attribute a join pg_class t on t.oid = a.attrelid
     where t.relnamespace = 'public'::regnamespace and a.attgenerated <> ''`,
  );
  return new Set(rows.map(({ name }) => name));
}

function tenantFieldOf(table: string): string | null {
  const kind = TABLES[table]?.kind;
  if (kind === 'root') return 'id';
  return kind === 'tenant' ? 'organizationId' : null;
}

async function readUniques(owner: pg.Client): Promise<Map<string, string[][]>> {
  // Partial indexes and those that only serve as a foreign key's target are no keys to Prisma.
  const rows = await rowsOf<{ table: string; columns: string[] }>(
    owner,
    `select t.relname as table, array_agg(a.attname::text order by k.place) as columns
     from pg_index x join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
     join pg_namespace n on n.oid = t.relnamespace, unnest(x.indkey) with ordinality k(number, place)
     join pg_attribute a on a.attnum = k.number
     where a.attrelid = t.oid and n.nspname = 'public' and x.indisunique and x.indpred is null
       and i.relname !~ '_repeated_key$'
     group by t.relname, i.relname, x.indisprimary order by x.indisprimary desc, i.relname`,
  );
  const uniques = new Map<string, string[][]>();
  for (const { table, columns } of rows)
    uniques.set(table, [...(uniques.get(table) ?? []), columns]);
  return uniques;
}
