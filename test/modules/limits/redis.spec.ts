import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { startApp, type RunningApp } from '../../support/app.js';
import { Client } from '../../support/as.js';
import { freePort } from '../../support/door.js';
import { eventually } from '../../support/jobs.js';
import { backendNames, startRedis } from '../../support/queues.js';

const LIMIT = 6;

/** Two processes of one deployment, and a Redis that comes and goes. */
const whereThereIsRedis = backendNames().includes('Redis') ? describe : describe.skip;
whereThereIsRedis('the limits of several processes', () => {
  let port: number;
  let server: ChildProcess;
  let one: RunningApp;
  let other: RunningApp;

  beforeAll(async () => {
    port = await freePort();
    server = await openRedis();
    const settings = {
      REDIS_URL: `redis://127.0.0.1:${port}`,
      RATE_LIMIT_PER_MINUTE: '100',
      RATE_LIMIT_PER_KEY_PER_MINUTE: String(LIMIT),
    };
    [one, other] = await Promise.all([startApp({ settings }), startApp({ settings })]);
  });
  afterAll(async () => {
    await Promise.all([one?.close(), other?.close()]);
    server?.kill('SIGKILL');
  });

  async function openRedis(): Promise<ChildProcess> {
    const child = startRedis(port);
    const client = new Redis(port, '127.0.0.1', { maxRetriesPerRequest: null });
    client.on('error', () => undefined);
    await client.ping();
    client.disconnect();
    return child;
  }

  /** A new caller, as each of the two processes sees them. */
  async function caller(): Promise<[Client, Client]> {
    const { owner } = await one.given.organization();
    return [one.as(owner.token), other.as(owner.token)];
  }

  /** What a call leaves, or null when it is refused. */
  async function left(client: Client): Promise<number | null> {
    const { status, headers } = await client.get('/me');
    const remaining = Number(/"caller";r=(\d+)/.exec(headers.ratelimit!)![1]);
    if (status === 429) expect(remaining).toBe(0);
    return status === 429 ? null : remaining;
  }

  it('are one, to the last call, also when many come at once', async () => {
    const [here, there] = await caller();
    await eventually('both count in Redis', async () => {
      const [a, b] = await caller();
      return (await left(a)) === LIMIT - 1 && (await left(b)) === LIMIT - 2;
    });
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => [left(here), left(there)]).flat(),
    );
    const granted = answers.filter((answer) => answer !== null);
    expect(granted.toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await left(there)).toBeNull();
  });

  it('take nothing for what they refuse', async () => {
    const [here, there] = await caller();
    expect((await here.get('/search?q=printer')).status).toBe(200);
    expect((await there.get('/search?q=printer')).status).toBe(429);
    expect(await left(there)).toBe(0);
    expect(await left(here)).toBeNull();
  });

  it('are counted by each process for itself while Redis is away, and together when it is back', async () => {
    server.kill('SIGKILL');
    const [here, there] = await caller();
    for (const process of [here, there]) {
      const answers: (number | null)[] = [];
      for (let n = 0; n < LIMIT + 1; n += 1) answers.push(await left(process));
      expect(answers).toEqual([5, 4, 3, 2, 1, 0, null]);
    }

    server = await openRedis();
    await eventually('they count together again', async () => {
      const [a, b] = await caller();
      return (await left(a)) === LIMIT - 1 && (await left(b)) === LIMIT - 2;
    });
  });

  it('are counted locally when Redis hangs, and no call waits for it for long', async () => {
    server.kill('SIGSTOP');
    const [here] = await caller();
    const startedAt = performance.now();
    expect(await left(here)).toBe(LIMIT - 1);
    expect(await left(here)).toBe(LIMIT - 2);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    server.kill('SIGCONT');
  });
});
