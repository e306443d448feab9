import { build, buildSteps } from '../lib/build.mjs';
import { testEnvironment } from '../lib/test-environment.mjs';
import { readSettings } from '../lib/settings.mjs';
import { runTypeScript } from '../lib/typescript.mjs';
import { startTestServer } from './test.mjs';

/**
 * `npm run isolation:proof`: attacks the walls between tenants, in databases of its own on the server of
 * DATABASE_URL or on an embedded one; of the database in DATABASE_URL itself it reads the catalog. The proof
 * finds its server in PROOF_DATABASE_URL and imports the built API.
 */
export const steps = 4;

export async function main(progress, args) {
  await progress.step('database client', (note) => build(buildSteps.client, note));
  await progress.step('API', (note) => build(buildSteps.api, note));
  const env = testEnvironment(process.env);
  const settings = readSettings();
  let server = null;
  await progress.step('database', async (note) => {
    if (settings.databaseUrl) {
      Object.assign(env, databaseInUse(settings));
      return `ok (the server of DATABASE_URL, ${settings.databaseUrl.hostname})`;
    }
    server = await startTestServer(note);
    env.PROOF_DATABASE_URL = server.url;
    return undefined;
  });
  env.PROOF_REPORT_DIR = settings.dataDir;
  const code = await runTypeScript('test/tenancy/proof/main.ts', args, env);
  await server?.stop();
  return code;
}

/** The database that people work in, and the two roles that the product opens it with. */
function databaseInUse({ databaseUrl, env }) {
  const name = decodeURIComponent(databaseUrl.pathname.slice(1));
  const login = (given, purpose) =>
    given?.trim() ? decodeURIComponent(new URL(given).username) : `${name}_${purpose}`;
  return {
    PROOF_DATABASE_URL: databaseUrl.href,
    PROOF_LIVE_URL: databaseUrl.href,
    PROOF_LIVE_APP: login(env.DATABASE_APP_URL, 'app'),
    PROOF_LIVE_SYSTEM: login(env.DATABASE_SYSTEM_URL, 'system'),
    PROOF_LIVE_ADMIN: login(env.DATABASE_ADMIN_URL, 'admin'),
  };
}
