import { hkdfSync } from 'node:crypto';
import pg from 'pg';

/** How to reach a database of the tests: as its owner, and as the three roles of the product. */
export interface TestDatabase {
  name: string;
  ownerUrl: string;
  appUrl: string;
  systemUrl: string;
  adminUrl: string;
}

const ALREADY_THERE = '42P04';
const TEMPLATE_IN_USE = '55006';
/** Times that a copy is tried while another worker is copying. */
const TRIES = 20;

let own: Promise<TestDatabase> | undefined;

/**
 * The migrated database of this Jest worker, copied from the run's template at first use and kept for the spec
 * files that the worker runs after this one: each test opens an organization of its own, so nothing is truncated.
 */
export function workerDatabase(): Promise<TestDatabase> {
  own ??= copyOfTemplate(`w${process.env.JEST_WORKER_ID ?? '1'}`);
  return own;
}

/** A further copy of the template, for a test that changes the schema or counts everything. */
export function databaseOfItsOwn(label: string): Promise<TestDatabase> {
  return copyOfTemplate(`w${process.env.JEST_WORKER_ID ?? '1'}_${label}`);
}

/** Runs `work` with a connection of the tables' owner, which row level security does not hold back if it is a superuser. */
export async function asOwner<T>(
  database: TestDatabase,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  return connected(database.ownerUrl, work);
}

async function copyOfTemplate(suffix: string): Promise<TestDatabase> {
  const template = process.env.MANYDESK_TEST_TEMPLATE;
  if (!template) throw new Error('there is no test database: run the tests with `npm test`');
  const from = new URL(template).pathname.slice(1);
  const name = `${from}_${suffix}`;
  await connected(process.env.TEST_DATABASE_URL!, (client) => copy(client, from, name));
  // The copy has the template's rows and grants; its logins are the template's own, because roles belong to the server.
  return {
    name,
    ownerUrl: urlTo(template, name),
    appUrl: urlTo(template, name, `${from}_app`),
    systemUrl: urlTo(template, name, `${from}_system`),
    adminUrl: urlTo(template, name, `${from}_admin`),
  };
}

async function copy(client: pg.Client, from: string, name: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query(`create database ${name} template ${from} strategy file_copy`);
      return;
    } catch (error) {
      const { code } = error as pg.DatabaseError;
      if (code === ALREADY_THERE) return;
      if (code !== TEMPLATE_IN_USE || attempt === TRIES) throw error;
      await client.query('select pg_sleep(0.05)');
    }
  }
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function urlTo(template: string, database: string, login?: string): string {
  const url = new URL(template);
  url.pathname = `/${database}`;
  if (login !== undefined) {
    url.username = login;
    url.password = passwordOf(login);
  }
  return url.href;
}

/** The password that the product gave the login, derived here a second time so that a change of the rule is noticed. */
function passwordOf(login: string): string {
  const bytes = hkdfSync(
    'sha256',
    process.env.MANYDESK_TEST_SECRET!,
    'manydesk',
    `database-role:${login}`,
    32,
  );
  return Buffer.from(bytes).toString('base64url');
}
