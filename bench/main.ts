/**
 * `npm run bench [-- --quick] [-- --json FILE] [-- --scenario list,get] [-- --fairness]`: our application between the fastest that one
 * could write by hand and the one that most would write. docs: the README's section on speed.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fillDatabase, withClient, type Size } from './data/fill.js';
import { deskScenariosOf, measureDesk, readIntoMemory } from './desk.js';
import { databaseUrlOf, root } from './environment.js';
import { assertEqual } from './equality.js';
import { measureFairness } from './fairness.js';
import { Meter, middleOf, ratioOf, type Plan } from './measure.js';
import { LoadClient, postmasterOf, startApp, type App, type AppName } from './processes.js';
import { peakMemoryOf } from './proc.js';
import { missedTargets, toJson, toMarkdown, type Report } from './report.js';
import { fullPagesOf, scenariosOf, type Scenario } from './scenarios.js';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    scenario: { type: 'string' },
    fairness: { type: 'boolean', default: false },
  },
});

// An end that comes from outside ends what was started too.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

const serverUrl = process.env.BENCH_DATABASE_URL;
if (!serverUrl) throw new Error('BENCH_DATABASE_URL names no server: run this as `npm run bench`');
const folder = join(root, '.manydesk/bench');
mkdirSync(folder, { recursive: true });
const plan: Plan = options.quick
  ? { rounds: 1, sliceMs: 2000, warmUpMs: 500 }
  : { rounds: 3, sliceMs: 2500, warmUpMs: 2000 };
/** Of everything, before anything is measured: until the code is compiled a process is three times slower. */
const warmUpMs = options.quick ? 7000 : 20_000;
const [small, large]: [Size, Size] = options.quick ? ['10k', '100k'] : ['10k', '1m'];
const say = (text: string) => process.stdout.write(`  ${text}\n`);

if (options.fairness) {
  await fillDatabase(serverUrl, small, say);
  say('measuring: fairness');
  const smallUrl = databaseUrlOf(serverUrl, small);
  process.exit((await measureFairness(smallUrl, options.quick ? 5_000 : 20_000, say)) ? 1 : 0);
}
say('making the data');
const organizations = {
  small: await fillDatabase(serverUrl, small, say),
  large: await fillDatabase(serverUrl, large, say),
};
const largeUrl = databaseUrlOf(serverUrl, large);
const scenarios = (await scenariosOf(largeUrl, organizations.large)).filter(
  ({ name }) => !options.scenario || options.scenario.split(',').includes(name),
);

say('starting the applications');
const start = (name: AppName, url: string, label: string = name) =>
  startApp(name, url, join(folder, `${label}.log`));
const raw = await start('raw', largeUrl);
const rawAgain = await start('raw', largeUrl, 'raw-again');
const typical = await start('typical', largeUrl);
const ours = await start('ours', largeUrl);
const client = new LoadClient();
const meter = new Meter(client, await postmasterOf(serverUrl), folder);

say('comparing their answers and effects');
await assertEqual([raw, typical, ours], scenarios, largeUrl);

say('warming up');
const everything = Array.from({ length: 4000 }, (_, index) => {
  const { asks } = scenarios[index % scenarios.length]!;
  return asks[Math.floor(index / scenarios.length) % asks.length]!;
});
for (const app of [raw, rawAgain, typical, ours]) await meter.slice(app, everything, warmUpMs);

const report: Report = {
  tickets: organizations.large.reduce((sum, { tickets }) => sum + tickets, 0),
  scenarios: {},
  growth: { from: small, to: large, list: { ratio: 0, low: 0, high: 0 } },
  guard: { ratio: 0, low: 0, high: 0 },
  desk: {},
  peakMemoryMb: { raw: null, typical: null, ours: null },
  ...(await aboutServer()),
};
// Before anything else is busy: at a pace that leaves the machine idle half of the time, a neighbour is seen at once.
report.desk = await measureDeskWork();
// Before anything is written in bulk: the sizes are compared as they were made.
report.growth.list = await measureGrowth();
report.guard = await measureGuard();
for (const scenario of scenarios) report.scenarios[scenario.name] = await measure(scenario);
report.peakMemoryMb = {
  raw: peakMemoryOf(raw.pid),
  typical: peakMemoryOf(typical.pid),
  ours: peakMemoryOf(ours.pid),
};
await Promise.all([raw.stop(), rawAgain.stop(), typical.stop()]);
await ours.stop();
client.stop();

const markdown = toMarkdown(report);
process.stdout.write(`\n${markdown}\n`);
if (options.json) writeFileSync(options.json, `${JSON.stringify(toJson(report), null, 2)}\n`);
if (!options.quick && !options.scenario)
  writeFileSync(join(root, 'bench/last-run.md'), `${markdown}\n`);
const missed = missedTargets(report);
for (const sentence of missed) process.stdout.write(`\nmissed: ${sentence}`);
process.stdout.write(missed.length > 0 ? '\n' : '\nevery target is met\n');
process.exit();

async function measure({ name, title, asks }: Scenario) {
  say(`measuring: ${title}`);
  // Raw comes in twice: how far its two processes seem to differ is how far any two figures may differ by chance.
  const samples = await meter.compare(
    [raw, ours, typical, rawAgain].map((app) => ({ app, asks })),
    plan,
  );
  const result = {
    title,
    ours: ratioOf(samples, ours, raw),
    typical: ratioOf(samples, typical, raw),
    noise: ratioOf(samples, rawAgain, raw),
    samples: {
      raw: middleOf(samples, raw),
      typical: middleOf(samples, typical),
      ours: middleOf(samples, ours),
    },
  };
  say(
    `  ${name}: ours ${result.ours.ratio.toFixed(2)} of raw, typical ${result.typical.ratio.toFixed(2)}`,
  );
  return result;
}

/** What agents do all day, on the two sizes, a process of ours on each. */
async function measureDeskWork() {
  const smallUrl = databaseUrlOf(serverUrl!, small);
  for (const url of [smallUrl, largeUrl]) await readIntoMemory(url);
  const oursSmall: App = await start('ours', smallUrl, 'ours-small');
  const results = await measureDesk(
    { small: oursSmall.port, large: ours.port },
    {
      small: await deskScenariosOf(smallUrl, organizations.small),
      large: await deskScenariosOf(largeUrl, organizations.large),
    },
    options.quick ? 5000 : 20_000,
    say,
  );
  await oursSmall.stop();
  return results;
}

/** The same list on the two sizes, a process of ours on each. */
async function measureGrowth() {
  say(`measuring: the list at ${large} and at ${small}`);
  const oursSmall: App = await start('ours', databaseUrlOf(serverUrl!, small), 'ours-small');
  await meter.slice(oursSmall, fullPagesOf(organizations.small), warmUpMs);
  const samples = await meter.compare(
    [
      { app: oursSmall, asks: fullPagesOf(organizations.small) },
      { app: ours, asks: fullPagesOf(organizations.large) },
    ],
    plan,
  );
  await oursSmall.stop();
  return ratioOf(samples, ours, oursSmall);
}

/**
 * The list with the guard as it is, against the same build with a guard that only knows its callers by their text: two
 * processes that were started for it, because one that has served for a while has other memory and other plans.
 */
async function measureGuard() {
  say('measuring: the guard');
  const preload = ['--import', new URL('./apps/unguarded.mjs', import.meta.url).href];
  const guarded = await start('ours', largeUrl, 'guarded');
  const unguarded = await startApp('ours', largeUrl, join(folder, 'unguarded.log'), preload);
  const asks = fullPagesOf(organizations.large);
  for (const app of [guarded, unguarded]) await meter.slice(app, asks, warmUpMs);
  const samples = await meter.compare(
    [
      { app: guarded, asks },
      { app: unguarded, asks },
    ],
    plan,
  );
  await Promise.all([guarded.stop(), unguarded.stop()]);
  return ratioOf(samples, guarded, unguarded);
}

async function aboutServer(): Promise<{ postgres: string; durable: boolean }> {
  return withClient(serverUrl!, async (connection) => {
    const { rows } = await connection.query<{ version: string; durable: boolean }>(
      `select current_setting('server_version') as version, current_setting('fsync')::bool and current_setting('synchronous_commit') <> 'off' as durable`,
    );
    return { postgres: rows[0]!.version.split(' ')[0]!, durable: rows[0]!.durable };
  });
}
