import { createServer } from 'node:net';
import path from 'node:path';
import { openDatabase } from '../../commands/start.mjs';
import { startApi } from '../api-process.mjs';
import { build, buildSteps } from '../build.mjs';
import { onEnd } from '../lifetime.mjs';
import { readLock, tryLock } from '../lock.mjs';
import { Sentence } from '../sentence.mjs';
import { readSettings } from '../settings.mjs';

/** The address of the desk that `npm start` runs on this folder; null without one that a demo may use. */
export function runningDesk() {
  const settings = readSettings();
  // A demo has no business in a production desk.
  if (settings.production) return null;
  return readLock(path.join(settings.dataDir, 'start.lock'))?.url ?? null;
}

/**
 * Opens a desk for the demo alone: its own database, a free port, and a mail server in this very process,
 * so that what the worker sends can be seen arriving. Resolves to `{ url, received }`.
 */
export async function startOwnDesk(progress) {
  const settings = readSettings();
  const dataDir = path.join(settings.dataDir, 'demo');
  const release = tryLock(path.join(dataDir, 'demo.lock'));
  if (!release)
    throw new Sentence('another demo is being told in this folder; wait until it is over.');
  onEnd(release);
  await progress.step('database client', (note) => build(buildSteps.client, note));
  await progress.step('API', (note) => build(buildSteps.api, note));
  await progress.step('dashboard', (note) => build(buildSteps.dashboard, note));

  // Here and not above: the packages may just have been installed.
  const { receiveMail } = await import('./mail-server.mjs');
  const mail = await receiveMail();
  const port = await freePort();
  const own = { ...settings, dataDir, databaseUrl: null };
  own.env = {
    ...settings.env,
    ...{ NODE_ENV: 'development', PORT: String(port), HOST: '127.0.0.1', PUBLIC_URL: '' },
    ...{
      DATABASE_APP_URL: '',
      DATABASE_SYSTEM_URL: '',
      DATABASE_ADMIN_URL: '',
      REDIS_URL: '',
      SMTP_URL: mail.url,
    },
    ...{ MANYDESK_DATA_DIR: dataDir, MANYDESK_SECRET: '', MAIL_FROM_DOMAIN: 'desk.example' },
    LOG_LEVEL: 'warn',
  };
  await openDatabase(own, progress);
  let api;
  await progress.step('desk', async (note) => {
    const flags = ['--migrate', '--worker'];
    api = await startApi('main.js', flags, { env: own.env, step: note, holdLog: true });
    return `ok (at ${api.url})`;
  });
  api.show();
  return { url: api.url, received: mail.received };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
