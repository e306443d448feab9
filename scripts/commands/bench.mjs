import { totalmem } from 'node:os';
import { build, buildSteps } from '../lib/build.mjs';
import { startEmbeddedPostgres } from '../lib/embedded-postgres.mjs';
import { inRoot } from '../lib/paths.mjs';
import { testEnvironment } from '../lib/test-environment.mjs';
import { runTypeScript } from '../lib/typescript.mjs';

/** A quarter of the machine's memory, as Postgres' manual advises for a server, in whole gigabytes. */
const sharedBuffers = `${Math.max(1, Math.floor(totalmem() / 4 / 2 ** 30))}GB`;

/** Room for the million tickets, the same for every application; no waiting for a disk that would hide the rest. */
const settings = {
  durable: false,
  tuning: { shared_buffers: sharedBuffers, max_wal_size: '8GB', maintenance_work_mem: '512MB' },
};

/**
 * `npm run bench [-- --quick --json FILE]`: on the server of BENCH_DATABASE_URL or on an embedded one, whose
 * data is kept in `.manydesk/bench-postgres` for the next time. The benchmark measures the built API.
 */
export const steps = 4;

export async function main(progress, args) {
  await progress.step('database client', (note) => build(buildSteps.client, note));
  await progress.step('API', (note) => build(buildSteps.api, note));
  const env = testEnvironment(process.env, 'production');
  let server = null;
  await progress.step('database', async (note) => {
    if (env.BENCH_DATABASE_URL) return 'ok (the server of BENCH_DATABASE_URL)';
    server = await startEmbeddedPostgres({
      dataDir: inRoot('.manydesk', 'bench-postgres'),
      ...settings,
      say: note,
    });
    env.BENCH_DATABASE_URL = server.url;
    return undefined;
  });
  const code = await runTypeScript('bench/main.ts', args, env);
  await server?.stop();
  return code;
}
