import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type RunningApp } from '../support/app.js';
import { asOwner, databaseOfItsOwn, type TestDatabase } from '../support/database.js';
import { Door } from '../support/door.js';
import type { GivenOrganization } from '../support/given.js';
import { eventually } from '../support/jobs.js';
import { LOOPBACK_ALLOWED } from '../support/sso.js';
import { givenEndpoint, Receiver, type Received } from '../support/webhooks.js';

/** Deliveries in all; the whole is `MANYDESK_WEBHOOK_DELIVERIES=10000`. */
const DELIVERIES = Number(process.env.MANYDESK_WEBHOOK_DELIVERIES ?? 800);
/** Events that are recorded at once, and subjects that they are about. */
const BATCH = 50;
const SUBJECTS = Array.from({ length: 20 }, () => randomUUID());
const PATIENCE = 240_000 + DELIVERIES * 60;

interface Taken {
  path: string;
  id: string;
  seq: number;
  subjectId: string;
}

/** Everything that the receiver has taken, in order. */
const taken: Taken[] = [];

let database: TestDatabase;
let running: RunningApp;
let acme: GivenOrganization;
let receiver: Receiver;

beforeAll(async () => {
  database = await databaseOfItsOwn('webhook_kills');
  receiver = await Receiver.start();
  receiver.answer = misbehave;
  running = await startApp({ database, settings: LOOPBACK_ALLOWED });
  acme = await running.given.organization();
});
afterAll(async () => {
  await running?.close();
  await receiver?.close();
});

describe('workers that are killed at random while the receiver fails, stalls, redirects and hangs up', () => {
  it(
    'deliver every event at least once under its id, none that is not in the log, and in order where that is asked for',
    async () => {
      const fields = { types: ['view.created'], maxConcurrency: 20, ratePerSecond: 100 };
      const loose = await givenEndpoint(acme, receiver, fields);
      const ordered = await givenEndpoint(acme, receiver, { ...fields, ordering: 'subject' });
      const stop = new AbortController();
      const kills = killWorkers(stop.signal);
      const recorded = await recordEvents();
      const isOver = async () => {
        await wait(500);
        return (await countOf("status = 'delivered'")) === DELIVERIES;
      };
      await eventually('everything is delivered', isOver, PATIENCE).finally(() => stop.abort());

      expect(await kills).toBeGreaterThan(2);
      expect(await countOf('true')).toBe(DELIVERIES);
      for (const { path } of [loose, ordered]) {
        const ours = taken.filter((each) => each.path === path);
        expect(new Map(ours.map(({ id, seq }) => [id, seq]))).toEqual(recorded);
      }
      for (const subjectId of SUBJECTS) {
        const seqs = taken
          .filter((each) => each.path === ordered.path && each.subjectId === subjectId)
          .map(({ seq }) => seq);
        expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
      }
      expect(receiver.at('/elsewhere')).toEqual([]);
    },
    2 * PATIENCE,
  );
});

/** One try in four comes to nothing, in every way that there is; a few are taken and the answer is lost. */
function misbehave({ path, headers, event }: Received, response: ServerResponse): void {
  const chance = Math.random();
  if (chance < 0.08) return void response.writeHead(500).end('sorry');
  if (chance < 0.12) return void response.writeHead(302, { location: '/elsewhere' }).end();
  if (chance < 0.18) return void response.destroy();
  if (chance < 0.182) return; // It never answers.
  taken.push({
    path,
    id: String(headers['webhook-id']),
    seq: event.seq,
    subjectId: event.subject.id,
  });
  if (chance < 0.2) return void response.destroy();
  if (chance < 0.25) return void setTimeout(() => response.writeHead(200).end(), 1_000 * chance);
  response.writeHead(200).end();
}

/**
 * Opens a worker, kills it in the middle of its work, opens the next one. A life is so many requests, and no time: a slow
 * machine does less in a second. Gives how many were killed.
 */
async function killWorkers(stop: AbortSignal): Promise<number> {
  for (let kills = 0; ; kills += 1) {
    const worker = await Door.worker(database, LOOPBACK_ALLOWED);
    const end = receiver.received.length + DELIVERIES * (0.1 + 0.3 * Math.random());
    while (receiver.received.length < end && !stop.aborted) {
      await wait(100);
      await letTimePass('lease_id is null');
    }
    await worker.kill();
    if (stop.aborted) return kills;
    await letTimePass('true');
  }
}

/** What waits for its next try has waited, and what a dead worker held is free: nobody has days for a test. */
async function letTimePass(forWhat: string): Promise<void> {
  await asOwner(database, async (client) => {
    await client.query(
      `update webhook_deliveries set due_at = now() where settled_at is null and due_at > now() and ${forWhat}`,
    );
    await client.query('update webhook_endpoints set due_at = now() where due_at > now()');
  });
}

/** Records half as many events as there are deliveries, for two endpoints. Gives their places by their ids. */
async function recordEvents(): Promise<Map<string, number>> {
  const recorded = new Map<string, number>();
  while (recorded.size < DELIVERIES / 2) {
    const events = Array.from({ length: BATCH }, (_, n) => ({
      ...{ id: randomUUID(), type: 'view.created', occurredAt: new Date().toISOString() },
      ...{ actorType: 'system', subjectType: 'view', subjectId: SUBJECTS[n % SUBJECTS.length] },
      ...{ payload: '{"changes":null,"data":{}}', depth: 0 },
    }));
    await asOwner(database, async (client) => {
      await client.query('begin');
      await client.query("select set_config('app.organization_id', $1, true)", [acme.id]);
      const { rows } = await client.query('select ledger_append($1::jsonb)::int as last', [
        JSON.stringify(events),
      ]);
      await client.query('commit');
      events.forEach(({ id }, n) => recorded.set(id, rows[0].last - BATCH + 1 + n));
    });
    await wait(20);
  }
  return recorded;
}

async function countOf(condition: string): Promise<number> {
  const text = `select count(*)::int as count from webhook_deliveries where ${condition}`;
  return asOwner(database, async (client) => (await client.query(text)).rows[0].count);
}
