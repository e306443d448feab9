import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../scripts/lib/embedded-postgres.mjs';
import { dataFolder, eventually, freePort, listen } from './launch.js';

/** The server that `npm start`, the tests and the benchmark bring along, in a folder that only we may enter. */
describe('the embedded Postgres', () => {
  const folder = dataFolder();
  const start = (durable = false) => startEmbeddedPostgres({ dataDir: folder.path, durable });
  const cluster = join(folder.path, 'cluster');
  const pidFile = join(cluster, 'postmaster.pid');

  afterAll(() => folder.remove());

  async function ask(url: string, statement: string): Promise<Record<string, unknown>> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(statement)).rows[0];
    } finally {
      await client.end();
    }
  }

  it('throws away a cluster that was left half made, and is a Postgres 18 on the loopback address alone', async () => {
    mkdirSync(`${cluster}.new`, { recursive: true });
    writeFileSync(join(`${cluster}.new`, 'PG_VERSION'), '18\n');
    const server = await start();
    const row = await ask(
      server.url,
      `select current_setting('server_version') as version, current_setting('listen_addresses') as addresses,
              current_setting('unix_socket_directories') as sockets, lower('ÄÖÅ') as lower, current_database() as name`,
    );
    await server.stop();
    expect(row).toMatchObject({
      addresses: '127.0.0.1',
      sockets: '',
      lower: 'äöå',
      name: 'manydesk',
    });
    expect(row.version).toMatch(/^18/);
    expect(existsSync(pidFile)).toBe(false);
  });

  it('refuses a wrong password', async () => {
    const server = await start();
    const wrong = new URL(server.url);
    wrong.password = 'wrong';
    await expect(ask(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    await server.stop();
  });

  it('moves to another port when a stranger took its own', async () => {
    const before = Number(readFileSync(join(folder.path, 'port'), 'utf8'));
    const stranger = await listen(before);
    const server = await start();
    expect(server.port).not.toBe(before);
    await ask(server.url, 'select 1');
    await server.stop();
    await new Promise((done) => stranger.close(done));
  });

  it('does not mind a pid file that names a process which is not Postgres', async () => {
    const stranger = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
    const port = await freePort();
    writeFileSync(
      pidFile,
      `${stranger.pid}\n${cluster}\n1\n${port}\n\n127.0.0.1\n 1 1\nready   \n`,
    );
    const server = await start();
    await ask(server.url, 'select 1');
    await server.stop();
    expect(stranger.exitCode).toBeNull();
    stranger.kill('SIGKILL');
  });

  it('is shared by commands that run at the same time, and stopped by the last of them', async () => {
    const script = join(import.meta.dirname, '..', '..', 'scripts', 'lib', 'embedded-postgres.mjs');
    const use = `const { startEmbeddedPostgres } = await import(${JSON.stringify(script)});
      const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(folder.path)}, durable: false });
      console.log(server.url);
      process.stdin.once('data', async () => { await server.stop(); process.exit(0); });`;
    const user = () => spawn(process.execPath, ['--input-type=module', '-e', use]);
    const users = [user(), user()];
    const urls = await Promise.all(
      users.map(
        (child) =>
          new Promise<string>((done) => child.stdout.once('data', (line) => done(String(line)))),
      ),
    );
    expect(urls[0]).toBe(urls[1]);
    const leave = (child: (typeof users)[number]) =>
      new Promise((done) => {
        child.once('exit', done);
        child.stdin.write('\n');
      });
    await leave(users[0]!);
    await ask(urls[1]!.trim(), 'select 1');
    await leave(users[1]!);
    expect(await eventually(() => !existsSync(pidFile))).toBe(true);
  });

  it('keeps what was committed when it is killed together with all who used it', async () => {
    const first = await start(true);
    await ask(first.url, 'create table kept as select 7 as id');
    process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGKILL');
    const second = await start(true);
    expect(await ask(second.url, 'select id from kept')).toEqual({ id: 7 });
    await second.stop();
    expect(existsSync(pidFile)).toBe(false);
  });
});
