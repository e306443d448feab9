import { randomInt } from 'node:crypto';
import type pg from 'pg';
import { newId } from '#core/context/ids.js';
import { rowsOf } from '../catalog/facts.js';
import { tablesWithRows, lookAt } from '../world/rows.js';
import { canary } from '../world/secrets.js';
import type { World } from '../world/world.js';
import type { ModelShape } from './shape.js';

/** A row by the names of the model's fields. */
export type Row = Record<string, unknown>;

/** One row of each model of each organization, and of an organization that does not exist. */
export interface Samples {
  own: Map<string, Row>;
  foreign: Map<string, Row>;
  /** The foreign rows with every id and canary replaced by one that nobody has. */
  absent: Map<string, Row>;
  ownCount: Map<string, number>;
}

/** Reads them as the owner of the tables, in Prisma's types. */
export async function readSamples(
  owner: pg.Client,
  shapes: ModelShape[],
  world: World,
): Promise<Samples> {
  const samples: Samples = {
    own: new Map(),
    foreign: new Map(),
    absent: new Map(),
    ownCount: new Map(),
  };
  const conditions = new Map(tablesWithRows().map(({ table, condition }) => [table, condition]));
  const replaced = new Map<string, string>();
  for (const shape of shapes) {
    for (const [side, rows] of [
      [world.a, samples.own],
      [world.b, samples.foreign],
    ] as const) {
      await lookAt(owner, side.organizationId);
      const found = await rowsOf<{ row: Row }>(
        owner,
        `select to_jsonb(t) as row from ${shape.table} t where ${conditions.get(shape.table)} order by 1 desc`,
        [side.organizationId],
      );
      const chosen = choose(shape, found, Object.values(side.ids));
      rows.set(shape.model, toPrisma(shape, chosen));
      if (side === world.a) samples.ownCount.set(shape.model, found.length);
    }
    samples.absent.set(shape.model, nobodys(samples.foreign.get(shape.model)!, replaced));
  }
  return samples;
}

/** The row that the world names; else the first. */
function choose(shape: ModelShape, found: { row: Row }[], ids: string[]): Row {
  if (found.length === 0) throw new Error(`${shape.table} has no row to attack`);
  const named = ids
    .map((id) => found.find(({ row }) => row.id === id))
    .find((match) => match !== undefined);
  return (named ?? found[0]!).row;
}

function toPrisma(shape: ModelShape, row: Row): Row {
  return Object.fromEntries(
    shape.scalars.flatMap(({ name, column, type }) => {
      const value = row[column];
      // A null Json has two meanings in Prisma; left out it has one.
      return value === null || value === undefined ? [] : [[name, inType(type, value)]];
    }),
  );
}

function inType(type: string, value: unknown): unknown {
  if (type === 'DateTime') return new Date(value as string);
  if (type === 'BigInt') return BigInt(value as number);
  if (type === 'Bytes') return Uint8Array.from(Buffer.from((value as string).slice(2), 'hex'));
  return value;
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

/** The same row with what is somebody's replaced, each value by the same one everywhere. */
function nobodys(row: Row, replaced: Map<string, string>): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (typeof value !== 'string') return [name, value];
      if (!ID.test(value) && !value.includes('kanarie')) return [name, value];
      const other =
        replaced.get(value) ??
        (ID.test(value) ? newId() : value.replace(/kanarie\w{12}/g, canary()));
      replaced.set(value, other);
      return [name, other];
    }),
  );
}

/** A new row like `row`, with other values where they must be unique. */
export function fresh(shape: ModelShape, row: Row): Row {
  const copy = { ...row };
  const keys = new Set(shape.uniques.flat().filter((field) => field !== shape.tenantField));
  const bound = new Set(shape.references.flatMap(({ fields }) => fields.map(([field]) => field)));
  for (const { name, type } of shape.scalars) {
    if (!keys.has(name) || bound.has(name) || type === 'Boolean') continue;
    if (type === 'BigInt') copy[name] = BigInt(randomInt(1_000_000, 2 ** 40));
    else if (type === 'DateTime') copy[name] = new Date(randomInt(1, 10_000) * 86_400_000);
    else if (type === 'Int') copy[name] = randomInt(1_000_000, 2 ** 31);
    else copy[name] = ID.test(String(row[name])) ? newId() : `fresh-${newId()}`;
  }
  return copy;
}
