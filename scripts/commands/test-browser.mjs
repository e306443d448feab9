import { randomInt } from 'node:crypto';
import { accessSync, constants, rmSync } from 'node:fs';
import path from 'node:path';
import { startApi } from '../lib/api-process.mjs';
import { build, buildSteps } from '../lib/build.mjs';
import { startEmbeddedPostgres } from '../lib/embedded-postgres.mjs';
import { runJest } from '../lib/jest.mjs';
import { inRoot } from '../lib/paths.mjs';
import { isPortFree } from '../lib/preflight.mjs';
import { run } from '../lib/processes.mjs';
import { Sentence } from '../lib/sentence.mjs';
import { testEnvironment } from '../lib/test-environment.mjs';

/**
 * `npm run test:browser [-- jest arguments]`: the dashboard in real Chromium, against a freshly seeded desk of
 * its own. The tests find it in MANYDESK_BROWSER_URL and the browser in MANYDESK_CHROMIUM.
 */
export const steps = 7;

export async function main(progress, args) {
  const env = testEnvironment(process.env);
  await progress.step('Chromium', async () => {
    env.MANYDESK_CHROMIUM = findChromium(env) ?? (await installChromium(env));
    return `ok (${env.MANYDESK_CHROMIUM})`;
  });
  await progress.step('database client', (note) => build(buildSteps.client, note));
  await progress.step('API', (note) => build(buildSteps.api, note));
  await progress.step('dashboard', (note) => build(buildSteps.dashboard, note));

  const dataDir = inRoot('.manydesk', 'browser');
  let server;
  await progress.step('database', async (note) => {
    const place = path.join(dataDir, 'postgres');
    server = await startEmbeddedPostgres({
      dataDir: place,
      durable: false,
      say: note,
      fresh: true,
    });
  });
  let desk;
  await progress.step('desk', async (note) => {
    const settings = await deskSettings(env, dataDir, server);
    desk = await startApi('main.js', ['--migrate', '--worker', '--seed'], {
      env: settings,
      step: note,
      holdLog: true,
    });
    env.MANYDESK_BROWSER_URL = desk.url;
    // For what no page shows: whether anything was lost or doubled.
    env.MANYDESK_BROWSER_DATABASE_URL = server.url;
  });

  const config = ['--config', inRoot('test/browser/jest.config.js'), '--runInBand'];
  const { code, line } = await runJest([...config, ...args], { env });
  await desk.stop();
  await server.stop();
  rmSync(path.join(dataDir, 'mail'), { recursive: true, force: true });
  process.stdout.write(`${line}\n`);
  return code;
}

/** Settings that are empty rather than absent, so that the desk does not fall back to a person's `.env`. */
async function deskSettings(env, dataDir, server) {
  let port;
  do port = randomInt(20_000, 32_000);
  while (!(await isPortFree('127.0.0.1', port)));
  const empty = [
    'SMTP_URL',
    'REDIS_URL',
    'DATABASE_APP_URL',
    'DATABASE_SYSTEM_URL',
    'DATABASE_ADMIN_URL',
    'PUBLIC_URL',
    'MAIL_FROM_DOMAIN',
    'MANYDESK_SECRET',
  ];
  return {
    ...env,
    ...Object.fromEntries(empty.map((name) => [name, ''])),
    NODE_ENV: 'development',
    // So that each new desk of the tests can come from somewhere else: all from here would be one client to the throttle.
    TRUSTED_PROXIES: '127.0.0.1',
    // Plans are sold, and who has taken none is without limits: the pages of billing have something to show.
    BILLING_PROVIDER: 'manual',
    BILLING_SELLER: 'Manydesk Ltd\\n1 Desk Street\\n12345 Deskville',
    BILLING_SELLER_TAX_ID: 'XX123456789',
    BILLING_TAX_BASIS_POINTS: '1900',
    BILLING_PAYMENT_TERMS: 'By transfer to XX00 1234 5678, within 14 days.',
    // The receivers of webhooks in the tests are on this machine.
    ALLOWED_PRIVATE_NETWORKS: '127.0.0.0/8',
    HOST: '127.0.0.1',
    PORT: String(port),
    MANYDESK_DATA_DIR: dataDir,
    DATABASE_URL: server.url,
    LOG_LEVEL: 'warn',
  };
}

function findChromium(env) {
  if (env.MANYDESK_CHROMIUM) return env.MANYDESK_CHROMIUM;
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (env.PATH ?? '').split(path.delimiter);
  return names
    .flatMap((name) => folders.map((folder) => path.join(folder, name)))
    .find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Only a CI machine is ours to install on; a person is asked to do it. */
async function installChromium(env) {
  const advice = 'install it (apt-get install chromium), or name yours in MANYDESK_CHROMIUM';
  if (env.CI !== 'true' || process.getuid?.() !== 0)
    throw new Sentence(`there is no Chromium on the PATH; ${advice}.`);
  const apt = { ...env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update'],
    ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'],
  ]) {
    const { code, output } = await run('apt-get', args, { cwd: '/', env: apt });
    if (code === 0) continue;
    process.stderr.write(`\n${output.trimEnd()}\n`);
    throw new Sentence(`Chromium could not be installed, apt-get's words are above; ${advice}.`);
  }
  return findChromium(env) ?? '/usr/bin/chromium';
}
