import pg from 'pg';
import { runInContext } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import { TenantPool } from '#core/database/tenant-pool.js';
import { asOwner, type TestDatabase } from '../../support/database.js';

/** A pool of connections that the tests look under. Close it with `end()`. */
export function poolOn(
  database: TestDatabase,
  {
    max = 1,
    unnamed = false,
    queryTimeoutMillis,
  }: { max?: number; unnamed?: boolean; queryTimeoutMillis?: number } = {},
): TenantPool {
  const connectionString = unnamed ? `${database.appUrl}?pgbouncer=true` : database.appUrl;
  return new TenantPool({
    connectionString,
    max,
    ...(queryTimeoutMillis ? { queryTimeoutMillis } : {}),
  });
}

/** The pool without its typing of queries, which is the base class's. */
export interface PlainPool {
  query(config: string | object, values?: unknown[]): Promise<pg.QueryResult>;
  connect(): Promise<{
    query(config: { text: string }): Promise<pg.QueryResult>;
    release(error?: Error): void;
  }>;
}

/** `pool` as tests call it. */
export function calls(pool: TenantPool): PlainPool {
  return pool as unknown as PlainPool;
}

/** Runs `work` for an organization. */
export function asTenant<T>(organizationId: string, work: () => T): T {
  return runInContext({ requestId: 'a-test-of-the-pool', organizationId }, work);
}

/** One statement for one organization: its rows. */
export async function rowsFor(
  pool: TenantPool,
  organizationId: string,
  sql: string,
  values?: unknown[],
): Promise<any[]> {
  return (await asTenant(organizationId, () => calls(pool).query(sql, values))).rows;
}

/** New organizations, each with one requester whose name is its organization's id. */
export async function someTenants(database: TestDatabase, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  await asOwner(database, async (owner) => {
    for (const id of ids) {
      await owner.query("select set_config('app.organization_id', $1, false)", [id]);
      await owner.query("insert into organizations (id, name, slug) values ($1, 'Acme', $2)", [
        id,
        `acme-${id}`,
      ]);
      await owner.query(
        'insert into requesters (organization_id, id, email, name) values ($1, $2, $3, $4)',
        [id, newId(), 'rita@customer.example', id],
      );
    }
  });
  return ids;
}

/** What is left on the one connection of `pool`: asked on the very backend, without the pool's own ways. */
export async function leftOn(
  pool: TenantPool,
): Promise<{ setting: string | null; pid: number; listening: string[] }> {
  const client = await (
    pg.Pool.prototype.connect as (this: pg.Pool) => Promise<pg.PoolClient>
  ).call(pool);
  try {
    const { rows } = await client.query(
      "select current_setting('app.organization_id', true) as setting, pg_backend_pid() as pid, array(select pg_listening_channels()) as listening",
    );
    return rows[0];
  } finally {
    client.release();
  }
}
