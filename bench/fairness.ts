import { fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apiKeyOf } from './data/api-keys.js';
import { root } from './environment.js';
import type { Flood, Flooded } from './flood.js';
import { paced, type Doing } from './paced.js';
import { HOOKS, startApp } from './processes.js';

/** What an organization may ask for in a minute, and how many times as much one of them asks for. */
const PER_MINUTE = 1_500;
const TIMES = 10;
/** What the other one asks for in a second: less than it may. */
const CALM = 20;
/** The slowest of twenty may be this much slower beside a flood. */
const MOST = 1.2;
const PATH = '/api/v1/tickets?limit=25';

/**
 * `npm run bench -- --fairness`: how much slower the list of one organization is while another one asks for ten times of
 * what it may. Both in turn, quiet and flooded, on one process of ours. Gives whether it is slower than it may be.
 */
export async function measureFairness(
  databaseUrl: string,
  slice: number,
  say: (text: string) => void,
): Promise<boolean> {
  const limits = {
    RATE_LIMIT_PER_MINUTE: String(PER_MINUTE),
    RATE_LIMIT_PER_KEY_PER_MINUTE: '0',
    CONCURRENT_REQUESTS: '50',
  };
  const log = join(root, '.manydesk/bench/fairness.log');
  const app = await startApp('ours', databaseUrl, log, [], root, limits);
  const doings: Doing[] = [[{ method: 'GET', path: PATH, apiKey: apiKeyOf(1) }]];
  const calm = async (): Promise<number> => (await paced(app.port, doings, CALM, slice)).p95;
  // Until the code is compiled everything is slow.
  await paced(app.port, doings, CALM, slice);
  const quiet: number[] = [];
  const beside: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    quiet.push(await calm());
    const perSecond = (PER_MINUTE * TIMES) / 60;
    const flood = { port: app.port, path: PATH, apiKey: apiKeyOf(2), perSecond };
    const [p95, flooded] = await Promise.all([
      calm(),
      floodWith({ ...flood, milliseconds: slice }),
    ]);
    beside.push(p95);
    say(
      `  p95 ${quiet.at(-1)!.toFixed(1)} ms alone, ${p95.toFixed(1)} ms beside ${flooded.asked} calls of another, ${flooded.refused} of them refused`,
    );
  }
  await app.stop();
  const ratio = middle(beside) / middle(quiet);
  say(`  ${ratio.toFixed(2)} times as slow beside a flood of ${TIMES} times its limit`);
  return ratio > MOST;
}

async function floodWith(flood: Flood): Promise<Flooded> {
  const child = fork(fileURLToPath(new URL('./flood.ts', import.meta.url)), { execArgv: HOOKS });
  try {
    return await new Promise<Flooded>((resolve, reject) => {
      child.once('message', (flooded) => resolve(flooded as Flooded));
      child.once('exit', () => reject(new Error('the flood has ended before its time')));
      child.send(flood);
    });
  } finally {
    child.disconnect();
  }
}

function middle(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
