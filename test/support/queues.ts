import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { tmpdir } from 'node:os';
import { Redis } from 'ioredis';
import { asOwner, type TestDatabase } from './database.js';
import { freePort } from './door.js';
import { eventually } from './jobs.js';

/** Where the queue of a test lives. */
export interface QueueBackend {
  name: 'Postgres' | 'Redis';
  /** What an application must be told to use it. */
  settings: Record<string, string>;
  /** Lets the time pass after which a job of a dead worker counts as free (its lock: thirty seconds). */
  outliveLocks(database: TestDatabase): Promise<void>;
  close(): Promise<void>;
}

/** The backends that this machine has: Postgres always, Redis when one is named or its program is installed. */
export function backendNames(): QueueBackend['name'][] {
  return process.env.TEST_REDIS_URL || redisProgram() ? ['Postgres', 'Redis'] : ['Postgres'];
}

/** Opens a backend for one spec file. */
export function openBackend(name: QueueBackend['name']): Promise<QueueBackend> {
  return name === 'Redis' ? openRedis() : Promise.resolve(postgres);
}

const postgres: QueueBackend = {
  name: 'Postgres',
  settings: {},
  // Marked as seen without a sign of life, and held no longer: what two checks half a minute apart would find.
  outliveLocks: (database) =>
    asOwner(database, async (client) => {
      await client.query(
        "update bullmq.job set stalled_marked = true, locked_until_ms = 1 where state = 'active'",
      );
      await client.query("delete from bullmq.meta where field = 'stalled-check'");
    }),
  close: () => Promise.resolve(),
};

/** A server of our own, which keeps nothing; or one database of the server that TEST_REDIS_URL names. */
async function openRedis(): Promise<QueueBackend> {
  const given = process.env.TEST_REDIS_URL;
  const port = given ? 0 : await freePort();
  const url = given ?? `redis://127.0.0.1:${port}`;
  const child = given ? null : startRedis(port);
  const client = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true });
  client.on('error', () => undefined);
  await eventually('Redis answers', async () => {
    await client.connect().catch(() => undefined);
    return client.status === 'ready' && (await client.ping()) === 'PONG';
  });
  // Only what queues leave: a server that was named may hold other things.
  const clear = async (): Promise<void> => {
    const keys = await client.keys('bull:jobs*');
    if (keys.length > 0) await client.del(keys);
  };
  await clear();
  return {
    name: 'Redis',
    settings: { REDIS_URL: url },
    outliveLocks: async () => {
      const active = await client.lrange('bull:jobs:active', 0, -1);
      for (const id of active) {
        await client.del(`bull:jobs:${id}:lock`);
        await client.sadd('bull:jobs:stalled', id);
      }
      await client.del('bull:jobs:stalled-check');
    },
    close: async () => {
      await clear();
      client.disconnect();
      child?.kill('SIGKILL');
    },
  };
}

/** Starts a server of our own on `port`, which keeps nothing. */
export function startRedis(port: number): ChildProcess {
  const options = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
  ];
  return spawn(redisProgram()!, [...options, '--dir', tmpdir()], { stdio: 'ignore' });
}

function redisProgram(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders
    .map((folder) => join(folder, 'redis-server'))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
