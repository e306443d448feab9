import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { currentContext } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import { JobMap } from '#core/jobs/job-map.js';
import { startApp, type RunningApp } from '../support/app.js';
import { asOwner, databaseOfItsOwn, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/jobs.js';
import { backendNames, openBackend, type QueueBackend } from '../support/queues.js';

/** Jobs of the flood: `MANYDESK_FLOOD_JOBS=100000` for the whole of it. */
const FLOOD = Number(process.env.MANYDESK_FLOOD_JOBS ?? 600);
/** Events of the other organization, and milliseconds between them. */
const CALM = FLOOD > 10_000 ? 30 : 5;
const EVERY = FLOOD > 10_000 ? 1_000 : 50;
/** Jobs of the flood that may begin between an event of the other organization and its job: the line and those under way. */
const MOST_BETWEEN = 40;
/** A job of `search.index`, and it finds nothing to do. */
const EVENT = 'customer.changed';

interface Started {
  organizationId: string;
  seq: number;
  at: number;
}

/** The relay, the queue and the runner as they are, with far more work than they can do. */
describe.each(backendNames())('the queue on %s', (name) => {
  let backend: QueueBackend;
  let database: TestDatabase;
  let running: RunningApp;
  const started: Started[] = [];

  beforeAll(async () => {
    [backend, database] = await Promise.all([
      openBackend(name),
      databaseOfItsOwn(`fairness_${name.toLowerCase()}`),
    ]);
    running = await startApp({ database, worker: true, settings: backend.settings });
    const handler = running.get(JobMap).handler('search.index')!;
    const handle = handler.handle.bind(handler);
    handler.handle = (event) => {
      const { organizationId } = currentContext()!;
      started.push({ organizationId: organizationId!, seq: event.seq, at: performance.now() });
      return handle(event);
    };
  });
  afterAll(async () => {
    await running?.close();
    await backend?.close();
  });

  async function commit(organizationId: string, count: number): Promise<void> {
    await asOwner(database, async (client) => {
      await client.query('begin');
      await client.query("select set_config('app.organization_id', $1, true)", [organizationId]);
      for (let made = 0; made < count; made += 500) {
        const events = Array.from({ length: Math.min(500, count - made) }, eventOf);
        await client.query('select ledger_append($1::jsonb)', [JSON.stringify(events)]);
      }
      await client.query('commit');
    });
  }

  /** One event after the other. Gives for each how long its job took to begin, and how many others began before it. */
  async function calm(organizationId: string): Promise<{ delay: number; between: number }[]> {
    const found: { delay: number; between: number }[] = [];
    const isHis = (job: Started): boolean => job.organizationId === organizationId;
    for (let n = 0; n < CALM; n += 1) {
      const before = started.filter(isHis).length;
      await commit(organizationId, 1);
      const [committedAt, already] = [performance.now(), started.length];
      const job = await eventually('its job begins', () => started.filter(isHis)[before]);
      found.push({ delay: job.at - committedAt, between: started.indexOf(job) - already });
      await pause(EVERY);
    }
    return found;
  }

  it('begins the jobs of one organization soon while another one has a flood of them', async () => {
    const quiet = await running.given.organization('Quiet');
    const flood = await running.given.organization('Flood');
    const alone = await calm(quiet.id);
    await commit(flood.id, FLOOD);
    await eventually('the flood has begun', () =>
      started.some((job) => job.organizationId === flood.id),
    );
    const beside = await calm(quiet.id);
    const isUnderWay = started.length < FLOOD;
    await eventually('all of it is done', () => started.length >= FLOOD + 2 * CALM, 3_600_000);

    const slowest = (waits: { delay: number }[]): number =>
      Math.round(Math.max(...waits.map(({ delay }) => delay)));
    process.stdout.write(
      `  ${name}: a job began within ${slowest(alone)} ms alone, within ${slowest(beside)} ms beside ${FLOOD} jobs; ` +
        `at most ${Math.max(...beside.map(({ between }) => between))} of them went before\n`,
    );
    expect(isUnderWay).toBe(true);
    for (const { between } of beside) expect(between).toBeLessThanOrEqual(MOST_BETWEEN);
    const seqs = started.filter((job) => job.organizationId === flood.id).map(({ seq }) => seq);
    expect(new Set(seqs).size).toBe(FLOOD);
  }, 3_600_000);

  function eventOf(): object {
    const subject = { subjectType: 'customer', subjectId: newId() };
    const payload = '{"changes":null,"data":{}}';
    return {
      id: newId(),
      type: EVENT,
      occurredAt: new Date(),
      actorType: 'system',
      ...subject,
      payload,
    };
  }
});
