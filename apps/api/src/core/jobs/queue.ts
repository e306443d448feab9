import {
  createPostgresBackend,
  runMigrations,
  setDefaultBackendFactory,
  type ConnectionOptions,
} from 'bullmq';
import { Redis } from 'ioredis';
import { BadSetting, ownerUrl, type Settings } from '../config/settings.js';
import { connectAsOwner } from '../database/provision.js';

/** The one queue. Fairness between organizations is the relay's, so one is enough. */
export const JOB_QUEUE = 'jobs';

/** The queue's own schema in Postgres; it holds ids only. */
const QUEUE_SCHEMA = 'bullmq';

/** Done jobs are kept a while for people who look; the ledger is the record. */
export const KEEP_DONE = { count: 1_000, age: 24 * 3_600 };
export const KEEP_FAILED = { count: 10_000, age: 30 * 24 * 3_600 };

/**
 * Where the queue lives: Redis when REDIS_URL is set, else Postgres. Sets BullMQ's default backend, so it must run
 * before a queue is made.
 */
export function queueConnection(settings: Settings): ConnectionOptions {
  if (settings.redisUrl !== null) {
    setDefaultBackendFactory();
    // Blocking reads must wait for as long as they take (BullMQ demands it of a worker's connection).
    return { url: settings.redisUrl, maxRetriesPerRequest: null };
  }
  setDefaultBackendFactory(createPostgresBackend as never);
  const connectionString = settings.databaseSystemUrl;
  return {
    connectionString,
    schema: QUEUE_SCHEMA,
    migrate: false,
    max: 8,
    application_name: 'manydesk-queue',
  } as unknown as ConnectionOptions;
}

/** Makes sure that the Redis of REDIS_URL answers: the queue itself would try for ever. Throws BadSetting. */
export async function requireQueue(settings: Settings): Promise<void> {
  if (settings.redisUrl === null) return;
  const redis = new Redis(settings.redisUrl, {
    lazyConnect: true,
    connectTimeout: 5_000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    const { host } = new URL(settings.redisUrl);
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new BadSetting(
      `no Redis answers at ${host} (${reason}): start it there, correct REDIS_URL, or unset it to keep the queue in Postgres`,
    );
  } finally {
    redis.disconnect();
  }
}

/** Makes or upgrades the queue's tables as their owner, and lets the system role work with them and nothing more. */
export async function prepareQueue(settings: Settings): Promise<void> {
  if (settings.redisUrl !== null) return;
  const client = await connectAsOwner(ownerUrl(settings));
  try {
    await runMigrations(client, QUEUE_SCHEMA);
    // BullMQ makes this sequence on a queue's first job, which would ask for the right to create.
    const { rows } = await client.query<{ name: string }>(
      `select ${QUEUE_SCHEMA}.job_id_seq_name($1) as name`,
      [JOB_QUEUE],
    );
    await client.query(`create sequence if not exists ${QUEUE_SCHEMA}.${rows[0]!.name}`);
    await client.query(`grant usage on schema ${QUEUE_SCHEMA} to manydesk_system`);
    await client.query(
      `grant select, insert, update, delete on all tables in schema ${QUEUE_SCHEMA} to manydesk_system`,
    );
    await client.query(
      `grant usage, select, update on all sequences in schema ${QUEUE_SCHEMA} to manydesk_system`,
    );
  } finally {
    await client.end();
  }
}
