import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { migrate } from '#core/database/migrate.js';
import { provision } from '#core/database/provision.js';
import { readSettings } from '#core/config/settings.js';
import { databaseUrlOf, root, secret } from '../environment.js';
import { apiKeyOf, hashOf } from './api-keys.js';

/** How many organizations share the tickets, whatever their number. */
const ORGANIZATIONS = 1000;
/** Tickets that the benchmark itself has written before a database is made anew: an eighth of what it began with. */
const WEAR = 8;

/** The sizes that can be asked for, by what people call them. */
export const SIZES = { '10k': 10_000, '100k': 100_000, '1m': 1_000_000 } as const;
export type Size = keyof typeof SIZES;

/** An organization of the generated data; `share` of all requests are its own. */
export interface Organization {
  rank: number;
  id: string;
  share: number;
  tickets: number;
  requesters: number;
  open: number;
}

/**
 * Makes the database of `size` unless the one of an earlier run is there and hardly worn. Gives its organizations.
 * `serverUrl` names a superuser of the server.
 */
export async function fillDatabase(
  serverUrl: string,
  size: Size,
  say: (text: string) => void,
): Promise<Organization[]> {
  const url = databaseUrlOf(serverUrl, size);
  const version = versionOf();
  if (!(await isUsable(url, size, version))) {
    const started = Date.now();
    await recreate(serverUrl, url);
    const settings = readSettings({
      NODE_ENV: 'production',
      DATABASE_URL: url,
      MANYDESK_SECRET: secret,
    });
    await provision(settings);
    await migrate(url, root);
    await fill(url, SIZES[size], version);
    say(`${size}: made in ${((Date.now() - started) / 1000).toFixed(0)} s`);
  } else {
    // What the last run wrote is tidied away now, and not in the middle of a slice.
    await withClient(url, (client) => client.query('vacuum (analyze)'));
  }
  return withClient(
    url,
    async (client) =>
      (await client.query<Organization>('select * from bench.organizations order by rank')).rows,
  );
}

async function fill(url: string, tickets: number, version: string): Promise<void> {
  await withClient(url, async (client) => {
    await client.query(
      "set session_replication_role = replica; set work_mem = '256MB'; set maintenance_work_mem = '512MB'",
    );
    const indexes = await secondaryIndexes(client);
    for (const { name } of indexes) await client.query(`drop index ${name}`);
    const sql = readFileSync(new URL('./fill.sql', import.meta.url), 'utf8')
      .replaceAll(':organizations', String(ORGANIZATIONS))
      .replaceAll(':tickets', String(tickets));
    await client.query(sql);
    await addApiKeys(client);
    for (const { definition } of indexes) await client.query(definition);
    await client.query('vacuum (analyze)');
    await client.query('create table bench.made (version text, at timestamptz default now())');
    await client.query('insert into bench.made (version) values ($1)', [version]);
    await client.query('checkpoint');
  });
}

/** One key for each organization, with every right; its secret is known to {@link apiKeyOf}. */
async function addApiKeys(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ rank: number }>(
    'select rank from bench.organizations order by rank',
  );
  const keys = rows.map(({ rank }) => apiKeyOf(rank));
  await client.query(
    `with keys as (
       insert into api_keys (organization_id, id, name, scopes, created_at)
       select o.id, bench.id(timestamptz '2024-01-03', 'key ' || o.rank), 'Benchmark', $4, timestamptz '2024-01-03'
       from bench.organizations o returning organization_id, id
     )
     insert into api_key_secrets (organization_id, id, key_id, prefix, secret_hash, created_at)
     select o.id, keys.id, keys.id, k.prefix, k.hash, timestamptz '2024-01-03'
     from unnest($1::int[], $2::text[], $3::bytea[]) as k(rank, prefix, hash)
       join bench.organizations o using (rank) join keys on keys.organization_id = o.id`,
    [
      rows.map(({ rank }) => rank),
      keys.map((key) => key.slice(0, 12)),
      keys.map(hashOf),
      ['tickets:read', 'tickets:write', 'notes:read', 'customers:read', 'events:read'],
    ],
  );
}

/** Indexes that can be dropped and made again: a bulk load is several times faster without them. */
async function secondaryIndexes(
  client: pg.Client,
): Promise<{ name: string; definition: string }[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i
     where i.indrelid = any ('{tickets,messages,ticket_tags,requesters,requester_addresses,search_tickets,search_words}'::regclass[])
       and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`,
  );
  return rows;
}

async function isUsable(url: string, size: Size, version: string): Promise<boolean> {
  try {
    return await withClient(url, async (client) => {
      const { rows } = await client.query<{ usable: boolean }>(
        `select (select version from bench.made) = $1
           and (select sum(last_number) from ticket_counters) < $2::bigint + greatest($2::bigint / ${WEAR}, 1000) as usable`,
        [version, SIZES[size]],
      );
      return rows[0]?.usable === true;
    });
  } catch {
    return false;
  }
}

async function recreate(serverUrl: string, url: string): Promise<void> {
  const name = pg.escapeIdentifier(decodeURIComponent(new URL(url).pathname.slice(1)));
  await withClient(serverUrl, async (client) => {
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${name}`);
  });
}

/** Names what the data was made by: another generator or another migration makes another database. */
function versionOf(): string {
  const hash = createHash('sha256');
  for (const file of ['fill.sql', 'fill.ts', 'api-keys.ts'])
    hash.update(readFileSync(new URL(file, import.meta.url)));
  const migrations = new URL('../../prisma/migrations/', import.meta.url);
  for (const name of readdirSync(migrations, { recursive: true }).map(String).sort()) {
    if (name.endsWith('.sql'))
      hash.update(readFileSync(fileURLToPath(new URL(name.replaceAll('\\', '/'), migrations))));
  }
  return hash.digest('hex');
}

/** Runs `work` with a connection of its own. */
export async function withClient<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
