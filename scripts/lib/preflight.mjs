import { accessSync, constants, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { Sentence } from './sentence.mjs';

/** What can be known within milliseconds is checked before anything slow begins. */
export async function preflight(settings) {
  checkFolder(settings.dataDir, 'MANYDESK_DATA_DIR');
  await checkPort(settings.host, settings.port);
  if (settings.databaseUrl) await checkReachable(settings.databaseUrl);
}

/** Creates the data folder if need be and proves that a file can be written in it. */
function checkFolder(folder, setting) {
  const probe = path.join(folder, `.write-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK | constants.X_OK);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw new Sentence(
      `cannot write to the data folder ${folder} (${error.code}); make it writable for this account or set ${setting} to another folder.`,
    );
  }
}

async function checkPort(host, port) {
  const problem = await tryToListen(host, port);
  if (problem === null) return;
  if (problem === 'EADDRINUSE') {
    let free = port + 1;
    while (free < 65_535 && !(await isPortFree(host, free))) free += 1;
    throw new Sentence(
      `port ${port} is in use by another program; stop it or start with PORT=${free} npm start`,
    );
  }
  if (problem === 'EACCES') {
    throw new Sentence(
      `this account may not listen on port ${port}; choose a port from 1024 up, for example PORT=3000 npm start`,
    );
  }
  throw new Sentence(
    `cannot listen on HOST=${host} (${problem}); set HOST to an address of this machine, for example 127.0.0.1 or 0.0.0.0.`,
  );
}

/** Whether a server could listen there now. */
export async function isPortFree(host, port) {
  return (await tryToListen(host, port)) === null;
}

function tryToListen(host, port) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', (error) => resolve(error.code ?? 'error'));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

/** Only whether somebody listens there; whether we may sign in is asked once the driver is installed. */
async function checkReachable(url) {
  if (!url.hostname || url.searchParams.has('host')) return;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || 5432);
  const problem = await whyNoAnswer(host, port);
  if (problem) throw unreachable(`${host}:${port}`, problem);
}

/** Null when somebody answers there, else the reason why nobody does. */
export function whyNoAnswer(host, port) {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port });
    const done = (result) => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(5000, () => done('no answer within 5 seconds'));
    socket.once('connect', () => done(null));
    socket.once('error', (error) => done(error.code ?? error.message));
  });
}

function unreachable(where, why) {
  const reason = {
    ECONNREFUSED: 'nothing listens there',
    ENOTFOUND: 'there is no such host',
    EAI_AGAIN: 'the name cannot be resolved',
  };
  return new Sentence(
    `cannot reach the database of DATABASE_URL at ${where} (${reason[why] ?? why}); start that server or correct DATABASE_URL, or leave it out for the embedded Postgres.`,
  );
}

/** Signs in to the server of DATABASE_URL and checks its version. Needs the installed driver. */
export async function checkDatabase(url) {
  const { default: pg } = await import('pg');
  const where = `${url.hostname || 'the local socket'}${url.port ? `:${url.port}` : ''}`;
  const client = new pg.Client({ connectionString: url.href, connectionTimeoutMillis: 5000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query('show server_version_num');
    const major = Math.floor(Number(rows[0].server_version_num) / 10_000);
    if (major < 15 || major > 18) {
      throw new Sentence(
        `the server of DATABASE_URL is Postgres ${major}; Manydesk supports 15 to 18, so point DATABASE_URL at one of these.`,
      );
    }
  } catch (error) {
    if (error instanceof Sentence) throw error;
    throw refused(error, url, where);
  } finally {
    await client.end().catch(() => {});
  }
}

function refused(error, url, where) {
  const database = decodeURIComponent(url.pathname.slice(1));
  switch (error.code) {
    case '28P01':
    case '28000':
      return new Sentence(
        `the database server at ${where} refused the sign-in of DATABASE_URL (user "${decodeURIComponent(url.username)}"); correct the user or the password.`,
      );
    case '3D000':
      return new Sentence(
        `there is no database "${database}" on ${where}; create it (createdb ${database}) or correct DATABASE_URL.`,
      );
    default:
      return unreachable(where, error.code ?? error.message);
  }
}
