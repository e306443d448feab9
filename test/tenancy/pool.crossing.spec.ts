import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { TenantPool } from '#core/database/tenant-pool.js';
import { workerDatabase } from '../support/database.js';
import { eventually } from '../support/jobs.js';
import { asTenant, calls, leftOn, poolOn, rowsFor, someTenants } from './support/tenants.js';

const database = await workerDatabase();
const tenants = await someTenants(database, 50);
const [acme, globex] = tenants as [string, string, ...string[]];

const SEEN = 'select name, organization_id as id from requesters';

/** Every kind of work for every tenant at once; each must see itself and nobody else. */
async function crowd(pool: TenantPool, times: number): Promise<number> {
  const works = Array.from({ length: times }, (_, index) => {
    const tenant = tenants[index % tenants.length]!;
    const kind = index % 4;
    return asTenant(tenant, async () => {
      if (kind === 0) return check(tenant, (await calls(pool).query(SEEN)).rows);
      if (kind === 1)
        return check(
          tenant,
          (await calls(pool).query({ name: 'seen', text: SEEN, values: [] })).rows,
        );
      if (kind === 2) {
        await expect(calls(pool).query('select 1 / 0')).rejects.toThrow('division');
        return check(
          tenant,
          (await calls(pool).query(`${SEEN} where $1::int > 0`, [index + 1])).rows,
        );
      }
      const connection = await calls(pool).connect();
      await connection.query({ text: 'begin' });
      const { rows } = await connection.query({ text: SEEN });
      await connection.query({ text: index % 8 === 3 ? 'commit' : 'rollback' });
      connection.release();
      return check(tenant, rows);
    });
  });
  return (await Promise.all(works)).filter(Boolean).length;
}

function check(tenant: string, rows: { name: string; id: string }[]): boolean {
  expect(rows).toEqual([{ name: tenant, id: tenant }]);
  return true;
}

describe('400 pieces of work of 50 organizations at once cross nowhere', () => {
  it('on 8 connections', async () => {
    const pool = poolOn(database, { max: 8 });
    expect(await crowd(pool, 400)).toBe(400);
    await pool.end();
  });

  it('on a single connection', async () => {
    const pool = poolOn(database);
    expect(await crowd(pool, 100)).toBe(100);
    expect(await leftOn(pool)).toMatchObject({ setting: '' });
    await pool.end();
  });

  it('without named statements (?pgbouncer=true)', async () => {
    const pool = poolOn(database, { max: 8, unnamed: true });
    expect(await crowd(pool, 400)).toBe(400);
    await pool.end();
  });
});

describe('without named statements', () => {
  it('nothing is prepared and nothing is left', async () => {
    const pool = poolOn(database, { unnamed: true });
    await asTenant(acme, () => calls(pool).query({ name: 'seen', text: SEEN, values: [] }));
    await expect(rowsFor(pool, acme, 'select nothing from nowhere')).rejects.toThrow(
      'does not exist',
    );
    expect(
      await rowsFor(pool, globex, 'select count(*)::int as n from pg_prepared_statements'),
    ).toEqual([{ n: 0 }]);
    expect(await leftOn(pool)).toMatchObject({ setting: '' });
    await pool.end();
  });
});

const bouncer = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer', '/usr/local/bin/pgbouncer'].find(
  (file) => existsSync(file),
);
if (!bouncer)
  process.stderr.write(
    'pgbouncer is not installed: its tests are left out (apt-get install pgbouncer)\n',
  );

(bouncer ? describe : describe.skip)('through PgBouncer in transaction mode', () => {
  const folder = mkdtempSync(join(tmpdir(), 'manydesk-pgbouncer-'));
  let running: ChildProcess;
  let port: number;

  beforeAll(async () => {
    port = await freePort();
    const app = new URL(database.appUrl);
    writeFileSync(
      join(folder, 'users.txt'),
      `"${app.username}" "${decodeURIComponent(app.password)}"\n`,
    );
    writeFileSync(
      join(folder, 'pgbouncer.ini'),
      [
        '[databases]',
        `${database.name} = host=${app.hostname} port=${app.port}`,
        '[pgbouncer]',
        'listen_addr = 127.0.0.1',
        `listen_port = ${port}`,
        'unix_socket_dir =',
        'auth_type = plain',
        `auth_file = ${join(folder, 'users.txt')}`,
        'pool_mode = transaction',
        // Fewer servers than clients: every statement may meet another backend.
        'default_pool_size = 3',
        'max_client_conn = 100',
        'ignore_startup_parameters = extra_float_digits',
        '',
      ].join('\n'),
    );
    // It refuses to run as root.
    const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
    if (user.length > 0)
      await new Promise((done) => spawn('chown', ['-R', 'nobody', folder]).once('close', done));
    running = spawn(bouncer!, [...user, '-q', join(folder, 'pgbouncer.ini')], { stdio: 'ignore' });
    await eventually('PgBouncer answers', async () => {
      const client = new pg.Client({ connectionString: through() });
      client.on('error', () => undefined);
      return client.connect().then(
        () => client.end().then(() => true),
        () => false,
      );
    });
  });

  afterAll(async () => {
    const ended = new Promise((done) => running.once('close', done));
    running.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });

  function through(): string {
    const url = new URL(database.appUrl);
    url.port = String(port);
    return url.href;
  }

  it('400 pieces of work of 50 organizations cross nowhere, and nothing is left on any server', async () => {
    const pool = new TenantPool({ connectionString: `${through()}?pgbouncer=true`, max: 20 });
    expect(await crowd(pool, 400)).toBe(400);
    await pool.end();
    const plain = new pg.Pool({ connectionString: through(), max: 6 });
    const left = await Promise.all(
      Array.from({ length: 12 }, () =>
        plain.query(
          "select nullif(current_setting('app.organization_id', true), '') as setting, pg_sleep(0.02)",
        ),
      ),
    );
    expect(left.map(({ rows }) => rows[0].setting)).toEqual(Array.from({ length: 12 }, () => null));
    await plain.end();
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
