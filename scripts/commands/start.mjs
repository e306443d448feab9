import path from 'node:path';
import { startApi } from '../lib/api-process.mjs';
import { build, buildSteps } from '../lib/build.mjs';
import { startEmbeddedPostgres } from '../lib/embedded-postgres.mjs';
import { fail, isEnding, onEnd } from '../lib/lifetime.mjs';
import { readLock, tryLock } from '../lib/lock.mjs';
import { checkDatabase, preflight } from '../lib/preflight.mjs';
import { Sentence } from '../lib/sentence.mjs';
import { readDotEnv, readSettings } from '../lib/settings.mjs';

/** `npm start`: everything from a bare folder to a running desk. */
export const steps = 6;

/** Stopping it is what a person asked for, so it is no failure. */
export const exitCodeOf = () => 0;

/** In production standard output carries the JSON log and nothing else. */
export const quiet = () => ({ ...readDotEnv(), ...process.env }).NODE_ENV === 'production';

export async function before() {
  const settings = readSettings();
  refuseSecond(settings);
  await preflight(settings);
}

export async function main(progress) {
  const settings = readSettings();
  holdFolder(settings);
  await progress.step('database client', (note) => build(buildSteps.client, note));
  await progress.step('API', (note) => build(buildSteps.api, note));
  await progress.step('dashboard', async (note) => {
    const done = await build(buildSteps.dashboard, note);
    const typed = await build(buildSteps.contract, note);
    return done === 'unchanged' ? typed : done;
  });

  const server = await openDatabase(settings, progress);
  const api = await boot(settings, server, progress);
  if (server)
    void server.exited.then((how) => stopped(`the embedded Postgres stopped by itself (${how})`));
  void api.ended.then((how) => stopped(`the API stopped by itself (${how})`));
  if (settings.production) process.stderr.write(`Manydesk is running at ${api.url}\n`);
  else announce(api);
  if (!settings.production) onEnd(() => void process.stdout.write('Stopping …\n'));
  await new Promise(() => {});
}

/** Uses the given server or starts our own; in both cases the child finds it in DATABASE_URL. */
export async function openDatabase(settings, progress) {
  let server = null;
  await progress.step('database', async (note) => {
    if (settings.databaseUrl) {
      await checkDatabase(settings.databaseUrl);
      return `ok (the server of DATABASE_URL, ${settings.databaseUrl.hostname || 'local socket'})`;
    }
    const dataDir = path.join(settings.dataDir, 'postgres');
    server = await startEmbeddedPostgres({ dataDir, say: note });
    settings.env.DATABASE_URL = server.url;
    return undefined;
  });
  return server;
}

async function boot(settings, server, progress) {
  const seed = settings.mode === 'development' && server !== null;
  const args = ['--migrate', '--worker', ...(seed ? ['--seed'] : [])];
  let api;
  await progress.step('start', async (note) => {
    api = await startApi('main.js', args, {
      env: settings.env,
      step: note,
      holdLog: !settings.production,
    });
  });
  api.show();
  return api;
}

function announce({ url, demo }) {
  const lines = [
    '',
    `  Manydesk is running at ${url}`,
    `  API documentation      ${url}/api/docs`,
    '',
  ];
  if (demo?.length) {
    const width = Math.max(...demo.map(({ email }) => email.length));
    lines.push('  Demo sign-ins:');
    for (const { organization, email, password } of demo) {
      lines.push(`    ${email.padEnd(width)}  ${password}  ${organization}`);
    }
    lines.push('');
  }
  lines.push('  Ctrl-C stops it.', '');
  process.stdout.write(`${lines.join('\n')}\n`);
}

function stopped(what) {
  if (!isEnding())
    void fail(new Sentence(`${what}; its log is above. Start again with npm start.`));
}

function lockFile(settings) {
  return path.join(settings.dataDir, 'start.lock');
}

/** A second start in the same folder would fight for the same data; better said before the port check. */
function refuseSecond(settings) {
  const other = readLock(lockFile(settings));
  if (!other) return;
  throw new Sentence(
    `Manydesk already runs on ${settings.dataDir}, at ${other.url} (process ${other.process.split(':')[0]}); stop it with Ctrl-C there, or set PORT and MANYDESK_DATA_DIR for a second one.`,
  );
}

function holdFolder(settings) {
  const release = tryLock(lockFile(settings), { url: `http://localhost:${settings.port}` });
  if (release) onEnd(release);
  else refuseSecond(settings);
}
