import { build, buildSteps } from '../lib/build.mjs';
import { startEmbeddedPostgres } from '../lib/embedded-postgres.mjs';
import { runJest } from '../lib/jest.mjs';
import { inRoot } from '../lib/paths.mjs';
import { testEnvironment } from '../lib/test-environment.mjs';

/** `npm test [-- jest arguments]`: the suite against a real database, with the same set-up as `npm start`. */
export const steps = 5;

export async function main(progress, args) {
  await progress.step('database client', (note) => build(buildSteps.client, note));
  await progress.step('API', (note) => build(buildSteps.api, note));
  await progress.step('dashboard', (note) => build(buildSteps.dashboard, note));
  const env = testEnvironment(process.env);
  let server = null;
  await progress.step('test database', async (note) => {
    if (env.TEST_DATABASE_URL) return 'ok (the server of TEST_DATABASE_URL)';
    server = await startTestServer(note);
    env.TEST_DATABASE_URL = server.url;
    return undefined;
  });
  const given = args.some((arg) => /^(--maxWorkers|-w|--runInBand|-i)\b/.test(arg));
  const { code, line } = await runJest([...(given ? [] : ['--maxWorkers=2']), ...args], { env });
  await server?.stop();
  process.stdout.write(`${line}\n`);
  return code;
}

/** One throw-away server for the tests and the proof; whoever comes while it runs joins it. */
export function startTestServer(say) {
  const dataDir = inRoot('.manydesk', 'test-postgres');
  return startEmbeddedPostgres({ dataDir, durable: false, maxConnections: 300, say });
}
