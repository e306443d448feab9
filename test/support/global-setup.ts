import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const root = resolve(import.meta.dirname, '..', '..');
const cli = join(root, 'dist/api/cli.js');
/** Fixed, so that the passwords of the template's logins are the same in every process of the run. */
const SECRET = 'the-tests-of-manydesk-use-this-one-secret';

/**
 * Makes one migrated database for the run, with the product's own command: what the tests run against is what an
 * operator gets. Each worker copies it when it first needs one (`database.ts`). Runs in plain Node, outside of
 * Jest's module system, so it imports nothing of ours.
 */
export default async function setUp(): Promise<void> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) throw new Error('TEST_DATABASE_URL is not set: run the tests with `npm test`');
  if (!existsSync(cli)) throw new Error('the API is not built: run the tests with `npm test`');

  const template = new URL(server);
  const name = `manydesk_test_${Date.now().toString(36)}_${process.pid}`;
  template.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  const env = {
    ...process.env,
    NODE_ENV: 'test',
    DATABASE_URL: template.href,
    MANYDESK_SECRET: SECRET,
  };
  await promisify(execFile)(process.execPath, [cli, 'db:migrate'], {
    cwd: root,
    env: { ...env, NODE_OPTIONS: '', MANYDESK_DATA_DIR: join(root, '.manydesk', 'test-data') },
  });
  process.env.MANYDESK_TEST_TEMPLATE = template.href;
  process.env.MANYDESK_TEST_SECRET = SECRET;
}
