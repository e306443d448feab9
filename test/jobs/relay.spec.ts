import { getQueueToken } from '@nestjs/bullmq';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Queue } from 'bullmq';
import { newId } from '#core/context/ids.js';
import { JobRunner } from '#core/jobs/job-runner.js';
import { Relay } from '#core/jobs/relay.js';
import { startApp, type RunningApp } from '../support/app.js';
import { asOwner, databaseOfItsOwn, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/jobs.js';

/** What the relay hands over, batch by batch. The runner rests, so that what waits in the queue stays there. */
describe('the relay', () => {
  let database: TestDatabase;
  let running: RunningApp;
  let queue: Queue;
  let batches: { organizationId: string; seq: number; jobId: string }[][];

  beforeAll(async () => {
    database = await databaseOfItsOwn('relay');
    running = await startApp({ database, worker: true });
    queue = running.app.get<Queue>(getQueueToken('jobs'), { strict: false });
    await running.get(JobRunner).worker.pause();
    const addBulk = queue.addBulk.bind(queue);
    queue.addBulk = async (jobs) => {
      batches.push(jobs.map(({ data, opts }) => ({ ...data, jobId: opts!.jobId! })));
      return addBulk(jobs);
    };
  });

  afterEach(async () => {
    await queue.drain(true);
    await asOwner(database, (client) => client.query('delete from outbox'));
  });

  afterAll(() => running.close());

  /** `count` organizations with an empty log, by id. */
  async function organizations(count: number): Promise<string[]> {
    const ids = Array.from({ length: count }, newId).sort();
    await asOwner(database, async (client) => {
      await client.query(
        "insert into organizations (id, name, slug) select id, 'Acme', 'acme-' || id from unnest($1::uuid[]) as id",
        [ids],
      );
      await client.query(
        'insert into ledger_heads (organization_id, hash) select id, $2 from unnest($1::uuid[]) as id',
        [ids, Buffer.alloc(32)],
      );
    });
    return ids;
  }

  /** Commits so many events of each organization, all at once; one job reacts to each unless another type is named. */
  async function commit(backlog: Record<string, number>, type = 'export.requested'): Promise<void> {
    await asOwner(database, async (client) => {
      await client.query('begin');
      for (const [id, count] of Object.entries(backlog)) {
        await client.query("select set_config('app.organization_id', $1, true)", [id]);
        const events = Array.from({ length: count }, () => eventOf(type));
        await client.query('select ledger_append($1::jsonb)', [JSON.stringify(events)]);
      }
      batches = [];
      await client.query('commit');
    });
  }

  async function left(): Promise<number> {
    return asOwner(database, async (client) => {
      return (await client.query('select from outbox')).rowCount!;
    });
  }

  it('takes organizations in turn: a flood of one does not hold up the one event of another', async () => {
    const [first, flood, last] = await organizations(3);
    await commit({ [flood!]: 150, [first!]: 1, [last!]: 1 });
    await eventually('the line is full of it', async () => (await left()) === 134);
    expect(batches.map(counts)).toEqual([
      { [first!]: 1, [flood!]: 10, [last!]: 1 },
      { [flood!]: 6 },
    ]);

    await drainUntil(0);
    const order = batches.flat().filter(({ organizationId }) => organizationId === flood);
    expect(order.map(({ seq }) => seq)).toEqual(Array.from({ length: 150 }, (_, n) => n + 1));
    expect(order[0]!.jobId).toBe(`exports.write:${flood}:1`);
  });

  it('leaves the backlog of one in Postgres, and hands over what another one asks for meanwhile', async () => {
    const [flood, late] = await organizations(2);
    await commit({ [flood!]: 300 });
    await eventually('its part of the line is full', async () => (await left()) === 284);
    await commit({ [late!]: 1 });
    await eventually('the other one is in the line', async () => (await left()) === 284);
    expect(batches.map(counts)).toEqual([{ [late!]: 1 }]);
  });

  it('leaves all of it in Postgres while the line is long, and goes on when it is short', async () => {
    const many = await organizations(8);
    const [late] = await organizations(1);
    await commit(Object.fromEntries(many.map((id) => [id, 20])));
    await eventually('the line is long', async () => (await left()) === 8 * 4);
    await commit({ [late!]: 1 });
    running.get(Relay).wake();
    await drainUntil(0);
    expect(counts(batches.flat())).toEqual(
      Object.fromEntries([...many.map((id) => [id, 4]), [late!, 1]]),
    );
  });

  it('comes to every organization when there are more than fit into a round', async () => {
    const ids = await organizations(60);
    await commit(Object.fromEntries(ids.map((id) => [id, 1])));
    await eventually('all is handed over', async () => (await left()) === 0);
    const served = batches.map((batch) => batch.map(({ organizationId }) => organizationId));
    expect(served).toEqual([ids.slice(0, 50), ids.slice(50)]);
  });

  it('passes over events that nobody reacts to', async () => {
    const [acme] = await organizations(1);
    await commit({ [acme!]: 25 }, 'auth.signed_in');
    await eventually('they are gone', async () => (await left()) === 0);
    expect(batches.flat()).toEqual([]);
  });

  it('passes over rows that another relay holds, and takes them when they are free', async () => {
    const [acme, globex] = await organizations(2);
    const getJobs = queue.getJobs.bind(queue);
    await asOwner(database, async (other) => {
      // The relay rests while there is enough to do.
      queue.getJobs = () => Promise.resolve(Array(1_000));
      await commit({ [acme!]: 2, [globex!]: 1 });
      await other.query('begin');
      await other.query('select from outbox where organization_id = $1 and seq = 1 for update', [
        acme,
      ]);
      queue.getJobs = getJobs;
      await eventually('what is free is handed over', async () => (await left()) === 1);
      expect(batches.flat().map(({ jobId }) => jobId)).toEqual([
        `exports.write:${acme}:2`,
        `exports.write:${globex}:1`,
      ]);
      await other.query('commit');
    });
    await eventually('the held one is handed over', async () => (await left()) === 0);
    expect(batches.flat().map(({ jobId }) => jobId)).toContain(`exports.write:${acme}:1`);
  });

  function eventOf(type: string): object {
    const subject = { subjectType: 'ticket', subjectId: newId() };
    const payload = '{"changes":null,"data":{}}';
    return { id: newId(), type, occurredAt: new Date(), actorType: 'system', ...subject, payload };
  }

  /** Takes out of the line what is in it, again and again, until so many events wait in Postgres. */
  async function drainUntil(count: number): Promise<void> {
    await eventually(`${count} are left`, async () => {
      await queue.drain(true);
      running.get(Relay).wake();
      return (await left()) === count;
    });
  }

  /** How many jobs each organization has in `batch`. */
  function counts(batch: { organizationId: string }[]): Record<string, number> {
    const found: Record<string, number> = {};
    for (const { organizationId } of batch)
      found[organizationId] = (found[organizationId] ?? 0) + 1;
    return found;
  }
});
