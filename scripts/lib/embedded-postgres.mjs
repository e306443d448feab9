import { randomBytes, randomInt } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { nativeFolder } from './postgres-binaries.mjs';
import { serverAccount } from './postgres-account.mjs';
import { isEnding, onEnd, onHurry } from './lifetime.mjs';
import { withLock } from './lock.mjs';
import { isPortFree, whyNoAnswer } from './preflight.mjs';
import { identityOf, isAlive, signal, waitFor } from './processes.mjs';
import { Sentence } from './sentence.mjs';

const user = 'manydesk';
const database = 'manydesk';
const major = '18';

/**
 * Starts the embedded Postgres of a folder, or joins it when it already runs, and resolves to
 * `{ url, port, exited, stop() }`. `url` signs in as the superuser `manydesk` to the database `manydesk`.
 *
 * The folder holds `cluster/` (the data), `password`, `port`, `server.log` and `users/`: one entry for
 * each process that uses the server, so that the last one to leave, and only the last, stops it. A server
 * whose users were all killed is joined by the next one, and stopped by it.
 *
 * `fresh: true` begins with an empty cluster. `durable: false` trades safety against power loss for speed, and a cluster that does not come up is made
 * anew: for tests, whose data nobody misses. `tuning` are further settings of the server. `say` is told what a person may want to know.
 */
export async function startEmbeddedPostgres({
  dataDir,
  durable = true,
  fresh = false,
  maxConnections = 100,
  tuning = {},
  say = () => {},
}) {
  mkdirSync(path.join(dataDir, 'users'), { recursive: true });
  const lock = path.join(dataDir, 'lock');
  const native = await nativeFolder();
  const account = serverAccount({ dataDir, native, say });
  const place = { dataDir, account, cluster: path.join(account.home, 'cluster') };
  const options = { durable, maxConnections, tuning };

  const membership = path.join(dataDir, 'users', `${process.pid}.json`);
  const starting = withLock(lock, async () => {
    if (fresh && livingUsers(dataDir).length === 0) await remove(place);
    const server = (await joinRunning(place)) ?? (await startAnew(place, options));
    writeFileSync(membership, JSON.stringify(identityOf(process.pid)));
    return server;
  });
  // Registered before the start is over: an end in the middle of it waits until it is known whether there
  // is a server to stop.
  const leave = once(async () => {
    await starting.catch(() => {});
    await withLock(lock, async () => {
      rmSync(membership, { force: true });
      const running = readPostmaster(place.cluster);
      if (!running?.identity || !runsOn(running.pid, place.cluster)) return;
      if (livingUsers(dataDir).length === 0) await shutDown(place, running.identity);
    });
  });
  const forget = onEnd(leave);
  const server = await starting;
  return {
    url: `postgres://${user}:${readPassword(place)}@127.0.0.1:${server.port}/${database}`,
    port: server.port,
    /** Resolves when the server ends while nobody asked it to. */
    exited: server.exited,
    stop: async () => {
      await leave();
      forget();
    },
  };
}

async function startAnew(place, options) {
  try {
    await prepareCluster(place);
    return await launch(place, options);
  } catch (error) {
    if (options.durable || isEnding()) throw error;
    await remove(place);
    await prepareCluster(place);
    return launch(place, options);
  }
}

/** The server that `postmaster.pid` speaks of, when it truly runs on this very folder and answers. */
async function joinRunning(place) {
  const record = readPostmaster(place.cluster);
  if (!record) return null;
  if (record.identity && runsOn(record.pid, place.cluster)) {
    const ready = await waitFor(
      async () =>
        readPostmaster(place.cluster)?.status === 'ready' &&
        (await whyNoAnswer('127.0.0.1', record.port)) === null,
      10_000,
      50,
    );
    if (ready)
      return { port: record.port, identity: record.identity, exited: new Promise(() => {}) };
    await shutDown(place, record.identity);
  }
  await clearOrphans(place.cluster);
  // Postgres refuses to start when the file names any living process, even one that is not Postgres.
  rmSync(path.join(place.cluster, 'postmaster.pid'), { force: true });
  return null;
}

/** A cluster appears in its place only when it is complete: one half made by a killed start is thrown away. */
async function prepareCluster(place) {
  const { account, cluster } = place;
  const versionFile = path.join(cluster, 'PG_VERSION');
  if (existsSync(versionFile)) {
    const found = readFileSync(versionFile, 'utf8').trim();
    if (found === major) return;
    throw new Sentence(
      `the database in ${cluster} was made by Postgres ${found} and this is ${major}; move that folder away, or set MANYDESK_DATA_DIR to another one.`,
    );
  }
  const fresh = `${cluster}.new`;
  const passwordFile = path.join(account.home, `password-${process.pid}`);
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  chmodSync(fresh, 0o700);
  account.own(fresh);
  writeFileSync(passwordFile, newPassword(place), { mode: 0o600 });
  account.own(passwordFile);
  try {
    await initdb(account, fresh, passwordFile);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(fresh, cluster);
  rmSync(path.join(place.dataDir, 'created'), { force: true });
}

/**
 * The collation is the built-in C.UTF-8: the same order on every platform and machine, so an index never
 * breaks by an update of the system. Where the system lacks the matching character classes, `C` will do.
 */
async function initdb(account, fresh, passwordFile) {
  let result;
  for (const locale of ['C.UTF-8', 'en_US.UTF-8', 'C']) {
    result = await account.run('initdb', [
      `--pgdata=${fresh}`,
      `--username=${user}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      `--locale=${locale}`,
      '--no-instructions',
      '--no-sync',
    ]);
    if (result.code === 0) return;
    if (!/invalid locale|locale name/.test(result.output)) break;
    for (const name of readdirSync(fresh)) rmSync(path.join(fresh, name), { recursive: true });
  }
  throw new Sentence(
    `the embedded Postgres could not create its cluster: ${lastLine(result.output)}; mend that, or set DATABASE_URL to a server of your own.`,
  );
}

async function launch(place, { durable, maxConnections, tuning }) {
  const { account, cluster, dataDir } = place;
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: maxConnections,
    shared_buffers: '128MB',
    work_mem: '8MB',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    random_page_cost: '1.1',
    jit: 'off',
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_logical_replication_workers: 0,
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    // A failed statement is told to its caller; here it would put people's mail into a log file.
    log_min_error_statement: 'panic',
    log_min_messages: 'log',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    ...tuning,
  };
  const log = path.join(dataDir, 'server.log');
  keepSmall(log);

  for (let attempt = 1; ; attempt += 1) {
    const port = await choosePort(dataDir, attempt > 1);
    const from = existsSync(log) ? statSync(log).size : 0;
    const output = openSync(log, 'a', 0o600);
    const args = ['-D', cluster, '-p', String(port)];
    for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`);
    const child = account.spawn('postgres', args, ['ignore', output, output]);
    closeSync(output);
    child.unref();
    let over = null;
    const exited = new Promise((resolve) => {
      child.once('error', (error) => resolve((over = error.message)));
      child.once('exit', (code, by) => resolve((over = by ?? `code ${code}`)));
    });
    await waitFor(() => over !== null || readPostmaster(cluster)?.status === 'ready', 120_000);
    if (over === null) {
      const server = { port, identity: identityOf(child.pid), exited };
      await createDatabase(place, server);
      return server;
    }
    const said = readFileSync(log, 'utf8').slice(from);
    const transient = /could not bind|shared memory block|lock file/.test(said);
    if (!transient || attempt === 20) {
      throw new Sentence(
        `the embedded Postgres did not start (${over}): ${lastLine(said)}; its log is ${log}. Mend that, or set DATABASE_URL to a server of your own.`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Once in the life of a cluster; a note beside it saves every later start the connection. */
async function createDatabase(place, server) {
  const note = path.join(place.dataDir, 'created');
  if (existsSync(note)) return;
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    host: '127.0.0.1',
    port: server.port,
    user,
    password: readPassword(place),
    database: 'postgres',
  });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [
      database,
    ]);
    if (rowCount === 0) await client.query(`create database ${database}`);
  } finally {
    await client.end();
  }
  writeFileSync(note, '');
}

/** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
async function shutDown(place, identity) {
  const pid = Number(identity.split(':')[0]);
  const gone = () => !isAlive(identity);
  if (gone()) return;
  signal(pid, 'SIGINT');
  const stopHurry = onHurry(() => signal(pid, 'SIGQUIT'));
  try {
    if (await waitFor(gone, 30_000)) return;
    // Immediate: the next start replays the log, so nothing committed is lost this way either.
    signal(pid, 'SIGQUIT');
    if (await waitFor(gone, 5000)) return;
    signal(pid, 'SIGKILL');
    await waitFor(gone, 5000);
    await clearOrphans(place.cluster);
  } finally {
    stopHurry();
  }
}

/** A disposable cluster that does not come up again, after the machine lost power for instance. */
async function remove(place) {
  const record = readPostmaster(place.cluster);
  if (record?.identity && runsOn(record.pid, place.cluster)) await shutDown(place, record.identity);
  for (const name of [place.cluster, path.join(place.dataDir, 'created')]) {
    rmSync(name, { recursive: true, force: true });
  }
}

/** `postmaster.pid`: process, folder, start, port, socket, address, shared memory, status; a line each. */
function readPostmaster(cluster) {
  try {
    const lines = readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return { pid, identity: identityOf(pid), port: Number(lines[3]), status: lines[7]?.trim() };
  } catch {
    return null;
  }
}

/** Postgres works inside its data folder, which tells its processes from strangers that reuse the id. */
function runsOn(pid, cluster) {
  if (process.platform !== 'linux') return true;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === cluster;
  } catch {
    return false;
  }
}

/** After the postmaster was killed its backends may live for a moment, and hold the shared memory. */
async function clearOrphans(cluster) {
  if (process.platform !== 'linux') return;
  const orphans = () =>
    readdirSync('/proc').filter(
      (name) => /^\d+$/.test(name) && runsOn(Number(name), cluster) && identityOf(Number(name)),
    );
  if (await waitFor(() => orphans().length === 0, 2000)) return;
  for (const pid of orphans()) signal(Number(pid), 'SIGKILL');
  await waitFor(() => orphans().length === 0, 2000);
}

function livingUsers(dataDir) {
  const folder = path.join(dataDir, 'users');
  return readdirSync(folder).filter((name) => {
    const file = path.join(folder, name);
    try {
      if (isAlive(JSON.parse(readFileSync(file, 'utf8')))) return true;
    } catch {
      // Cut short while it was written: its process is gone.
    }
    rmSync(file, { force: true });
    return false;
  });
}

/** The port of the last time when it is still free, else a random one below those that systems give out. */
async function choosePort(dataDir, another) {
  const file = path.join(dataDir, 'port');
  const last = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  let port = last;
  if (another || !(port > 1023 && port < 65_536) || !(await isPortFree('127.0.0.1', port))) {
    do port = randomInt(20_000, 32_000);
    while (!(await isPortFree('127.0.0.1', port)));
  }
  if (port !== last) writeFileSync(file, String(port));
  return port;
}

function newPassword(place) {
  const password = randomBytes(24).toString('base64url');
  writeFileSync(path.join(place.dataDir, 'password'), password, { mode: 0o600 });
  return password;
}

function readPassword(place) {
  return readFileSync(path.join(place.dataDir, 'password'), 'utf8');
}

function keepSmall(log) {
  if (existsSync(log) && statSync(log).size > 5_000_000) renameSync(log, `${log}.1`);
}

function lastLine(text) {
  const lines = text.trim().split('\n').filter(Boolean);
  const telling = lines.filter((line) => /fatal|panic|error/i.test(line));
  return (telling.at(-1) ?? lines.at(-1) ?? 'it said nothing').replace(/^.*?\] /, '').trim();
}

function once(work) {
  let result;
  return () => (result ??= work());
}
