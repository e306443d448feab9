import 'reflect-metadata';
import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { proveCatalog } from './catalog/catalog.js';
import { TABLES } from './catalog/registry.js';
import { Findings, type PartResult } from './finding.js';
import { proveModels, unlock } from './models/models.js';
import { proveMutations, rolesOf } from './mutations/mutations.js';
import { isProven, toHoleList, toTable, writeReport, type Report } from './report.js';
import { proveRoutes } from './routes/routes.js';
import { ScratchServer } from './scratch.js';
import { proveStaff } from './staff/staff.js';
import { buildWorld, checkWorld, fillOutbox } from './world/world.js';

/**
 * `npm run isolation:proof`: parts 1 to 5 on the server of PROOF_DATABASE_URL, in databases made and dropped
 * there; and part 1 on the database in use, when there is one (PROOF_LIVE_*). Exit code 1 when a wall has a hole.
 */
const env = process.env;
// Prisma loads the relations of a row side by side in a transaction; node-postgres queues them and says each time that
// it will not for ever.
process.noDeprecation = true;
// The product under attack derives its keys from it; the databases are gone before anybody could use them.
env.MANYDESK_TEST_SECRET ??= randomBytes(32).toString('hex');

/** Half of the work, in a process and databases of its own: the walls as they stand, or with a lock taken away each. */
type Half = 'standing' | 'mutated';
type Found = Pick<Report, 'parts' | 'score'>;

async function prove(server: ScratchServer, half: Half): Promise<Found> {
  const database = await server.migrated();
  const parts: PartResult[] = [];
  if (half === 'standing') {
    if (env.PROOF_LIVE_URL)
      parts.push(
        await step('catalog of the database in use', () => proveLive(env.PROOF_LIVE_URL!)),
      );
    parts.push(await step('catalog', () => proveCatalog(database.owner, rolesOf(database))));
  }
  const world = await step(`two organizations, ${half}`, () => buildWorld(database));
  const worked = await server.copy(database, 'worked');
  const staffed = await server.copy(database, 'staffed');
  await fillOutbox(database.owner, world);
  const unlocked = await server.copy(database, 'unlocked');
  await unlock(
    unlocked,
    Object.keys(TABLES).filter((table) => TABLES[table]!.kind !== 'bookkeeping'),
  );
  if (half === 'mutated') {
    const mutated = await server.copy(database, 'mutated');
    const { result, score } = await step('mutations', () =>
      proveMutations(mutated, unlocked, world),
    );
    return { parts: [result], score };
  }
  const sight = new Findings('canaries');
  await checkWorld(database.owner, world, sight);
  parts.push(sight.result());
  parts.push(await step('models', () => proveModels(database, unlocked, world, true)));
  parts.push(await step('staff', () => proveStaff(staffed, world)));
  parts.push(await step('routes', () => proveRoutes(worked, world, true)));
  return { parts, score: { caught: 0, mutations: 0, stopped: 0, attacks: 0 } };
}

/** Both halves side by side: each leaves a processor idle half of the time, waiting for the database. */
async function proveBoth(): Promise<Found> {
  const [standing, mutated] = await Promise.all([inProcess('standing'), inProcess('mutated')]);
  return { parts: [...standing.parts, ...mutated.parts], score: mutated.score };
}

const halves = new Set<ChildProcess>();

function inProcess(half: Half): Promise<Found> {
  return new Promise((resolve, reject) => {
    const child = fork(process.argv[1]!, ['--half', half], { execArgv: process.execArgv });
    halves.add(child);
    let found: Found | undefined;
    child.once('message', (message) => (found = message as Found));
    child.once('exit', () => {
      halves.delete(child);
      if (found) resolve(found);
      else reject(new Error(`the half "${half}" ended without a result`));
    });
  });
}

/** Part 1 on a database with people in it: it only reads. */
async function proveLive(url: string): Promise<PartResult> {
  const part = 'catalog in use';
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    const { rows } = await client.query("select to_regclass('public.organizations') as there");
    if (rows[0].there === null) {
      const findings = new Findings(part);
      findings.note('The database is not migrated yet, so there is nothing to look at.');
      return findings.result();
    }
    return await proveCatalog(
      client,
      {
        appLogin: env.PROOF_LIVE_APP!,
        systemLogin: env.PROOF_LIVE_SYSTEM!,
        adminLogin: env.PROOF_LIVE_ADMIN!,
      },
      part,
    );
  } finally {
    await client.end();
  }
}

const say = (text: string): void => void process.stdout.write(text);

async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const startedAt = Date.now();
  const done = await work();
  say(`  ${name} … ${((Date.now() - startedAt) / 1000).toFixed(1)} s\n`);
  return done;
}

/** Runs one half on a server of scratch databases, and tells the process that asked for it what was found. */
async function runHalf(half: Half): Promise<number> {
  const server = await ScratchServer.open(env.PROOF_DATABASE_URL!, false);
  const stop = (): void => void server.close().finally(() => process.exit(130));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  process.once('disconnect', stop);
  try {
    const found = await prove(server, half);
    await new Promise<void>((resolve) => void process.send!(found, () => resolve()));
    return 0;
  } finally {
    process.off('disconnect', stop);
    await server.close();
  }
}

async function run(): Promise<number> {
  const startedAt = new Date();
  const url = new URL(env.PROOF_DATABASE_URL!);
  // What an earlier run left behind goes before the halves begin.
  await (await ScratchServer.open(url.href)).close();
  const found = await proveBoth();
  const seconds = Math.round((Date.now() - startedAt.getTime()) / 1000);
  const report: Report = {
    startedAt: startedAt.toISOString(),
    seconds,
    server: `${url.hostname}:${url.port || 5432}`,
    ...found,
  };
  const file = writeReport(
    report,
    resolve(env.PROOF_REPORT_DIR ?? join(import.meta.dirname, '../../../.manydesk')),
  );
  say(`\n${toTable(report)}\n\n`);
  if (!isProven(report)) say(`${toHoleList(report)}\n\n`);
  say(
    `  ${isProven(report) ? 'Every wall that was tried held.' : 'There are holes.'} The report is ${file}\n`,
  );
  return isProven(report) ? 0 : 1;
}

// An end that comes from outside ends both halves, and each drops what it made.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => halves.forEach((child) => child.kill(signal)));

const { values: options } = parseArgs({ options: { half: { type: 'string' } } });
(options.half === undefined ? run() : runHalf(options.half as Half)).then(
  (code) => process.exit(code),
  (error: Error) => {
    process.stderr.write(
      `\nmanydesk: the proof could not be run: ${error.stack ?? error.message}\n`,
    );
    process.exit(1);
  },
);
