import { getQueueToken } from '@nestjs/bullmq';
import type { Queue } from 'bullmq';
import { startApp } from '../../support/app.js';
import { asOwner, databaseOfItsOwn } from '../../support/database.js';
import { eventually } from '../../support/jobs.js';
import { givenStaff } from '../../support/staff.js';

const database = await databaseOfItsOwn('staff_operations');
/** Runs the jobs; the staff ask another process, which runs none. */
const worker = await startApp({ database, worker: true });
const running = await startApp({ database });
afterAll(async () => {
  await running.close();
  await worker.close();
});
const support = await givenStaff(running, 'support');
const operator = await givenStaff(running, 'operator', 'Opal Operator');
const queue = worker.app.get<Queue>(getQueueToken('jobs'), { strict: false });
const ABSENT = '01a1feaa-63b1-7742-8d15-01d6cb3dffa2';

async function failing(name: string, data: object): Promise<string> {
  const jobId = `${name}:${JSON.stringify(data).length}:${Math.random()}`;
  const job = await queue.add(name, data, { jobId, attempts: 3 });
  await eventually(`${name} has failed`, () => job.isFailed());
  return jobId;
}

async function failedJobs(query = '') {
  const { status, body } = await support.get(`/admin/operations/failed-jobs?limit=100${query}`);
  expect(status).toBe(200);
  return body;
}

describe('operations, as staff see them', () => {
  it('tell of the queue, the outbox and what fails, in counts', async () => {
    const desk = await running.given.organization('Troubled');
    await running.given.organization('Quiet');
    await asOwner(database, async (client) => {
      await client.query("select set_config('app.organization_id', $1, false)", [desk.id]);
      await client.query(
        `insert into inbound_mails (organization_id, id, raw, size, fingerprint, disposition, reason, received_at)
         select $1, gen_random_uuid(), '', 0, decode(md5(n::text), 'hex'), 'rejected', 'unreadable', $2::timestamptz - n * interval '10 hours'
         from generate_series(1, 3) n`,
        [desk.id, running.clock.now().toISOString()],
      );
      await client.query(
        `insert into account_mails (id, kind, to_address, organization_id, status, created_at)
         values (gen_random_uuid(), 'password_reset', 'jane@acme.example', $1, 'failed', $2)`,
        [desk.id, running.clock.now().toISOString()],
      );
    });
    const { body, text } = await support.get('/admin/operations');
    expect(body.data).toMatchObject({
      mailsRejected: 2,
      mailsFailed: 0,
      accountMailsFailed: 1,
      webhookEndpointsFailing: 0,
      process: { id: process.pid },
    });
    expect(body.data.queue.failed).toBeGreaterThanOrEqual(0);
    expect(text).not.toContain('jane@acme.example');
    const troubled = (await support.get('/admin/operations/organizations')).body;
    expect([troubled.total, troubled.data]).toEqual([
      1,
      [expect.objectContaining({ id: desk.id, name: 'Troubled', mailsRejected: 2 })],
    ]);
    const past = (await support.get('/admin/operations/organizations?skip=1&limit=1')).body;
    expect([past.data, past.limit]).toEqual([[], 1]);
  });

  it('show jobs that were given up, by organization, and nobody’s address', async () => {
    const [one, two] = [await running.given.organization(), await running.given.organization()];
    const first = await failing('teams.leave', { organizationId: one.id, seq: 90_001 });
    const second = await failing('email.send_reply', { organizationId: two.id, seq: 90_002 });
    const odd = await failing('teams.leave', { organizationId: one.id, 'jane@acme.example': 1 });
    const all = await failedJobs();
    expect(all.data.map(({ id }: any) => id).slice(0, 3)).toEqual([odd, second, first]);
    expect(all.data.slice(0, 3).map(({ canRetry }: any) => canRetry)).toEqual([true, false, true]);
    expect(JSON.stringify(all)).not.toContain('jane@acme.example"}');
    expect(all.data[0].reason).not.toContain('jane');
    expect(all.data[2]).toMatchObject({
      consumer: 'teams.leave',
      organizationId: one.id,
      seq: 90_001,
      reason: 'the event of the job is not in the ledger',
    });
    const ofOne = await failedJobs(`&organizationId=${one.id}`);
    expect(ofOne.data.map(({ id }: any) => id)).toEqual([odd, first]);
    expect([ofOne.total, ofOne.totalIsExact]).toEqual([2, true]);
    expect((await failedJobs(`&organizationId=${one.id}&skip=1`)).data).toHaveLength(1);
    expect((await failedJobs(`&organizationId=${ABSENT}`)).data).toEqual([]);
    expect((await support.get('/admin/operations/failed-jobs?limit=0')).status).toBe(400);
    const health = (await support.get(`/admin/organizations/${one.id}`)).body.data;
    expect(health.jobsFailed).toBe(2);
  });

  it('are acted on by operators alone: a job is tried once more, and it is written who wanted it', async () => {
    const desk = await running.given.organization();
    const head = await asOwner(database, async (client) => {
      const { rows } = await client.query(
        'select seq::int as seq from ledger_heads where organization_id = $1',
        [desk.id],
      );
      return rows[0].seq as number;
    });
    const jobId = await failing('search.index', { organizationId: desk.id, seq: head + 1 });
    const told = await failing('email.send_reply', { organizationId: desk.id, seq: head + 1 });
    const path = '/admin/operations/retries';
    const refused = await support.post(path, { jobIds: [jobId] });
    expect([refused.status, refused.body.error.code]).toEqual([403, 'staff.forbidden']);
    // Now there is the event that the job did not find.
    await desk.ticket();
    const retried = await operator.post(path, { jobIds: [jobId, told, 'no-job'] });
    expect([retried.status, retried.body.data]).toEqual([201, { retried: 1, passedOver: 2 }]);
    await eventually('the job is done', async () => (await queue.getJob(jobId))?.isCompleted());
    const again = await operator.post(path, { jobIds: [jobId] });
    expect(again.body.data).toEqual({ retried: 0, passedOver: 1 });
    const acts = (await operator.get(`/admin/acts?organizationId=${desk.id}`)).body.data;
    expect(acts).toEqual([
      expect.objectContaining({
        type: 'job.retry_wanted',
        staffName: 'Opal Operator',
        data: { jobId, consumer: 'search.index' },
      }),
    ]);
    for (const jobIds of [[], ['a', 'a'], ['x'.repeat(201)], Array(101).fill('x')])
      expect((await operator.post(path, { jobIds })).status).toBe(400);
  });

  it('tell how routes are answered, and which statements are slow in which of them', async () => {
    const desk = await running.given.organization();
    await asOwner(database, async (client) => {
      await client.query('begin');
      await client.query('select 1 from organizations where id = $1 for update', [desk.id]);
      const waits = operator.put(`/admin/organizations/${desk.id}/suspension`, { reason: 'Slow' });
      await new Promise((resolve) => setTimeout(resolve, 250));
      await client.query('rollback');
      expect((await waits).status).toBe(200);
    });
    const route = '/api/v1/admin/organizations/:id/suspension';
    const slow = (await support.get('/admin/operations/slow-statements')).body.data;
    const found = slow.find(({ work }: any) => work === `PUT ${route}`);
    expect(found).toMatchObject({ times: expect.any(Number), statement: expect.any(String) });
    expect(found.worstMilliseconds).toBeGreaterThanOrEqual(100);
    const routes = (await support.get('/admin/operations/routes')).body.data;
    const times = routes.find((entry: any) => entry.route === route && entry.method === 'PUT');
    expect(times).toMatchObject({ requests: 1, failures: 0 });
    expect(times.meanMilliseconds).toBeGreaterThanOrEqual(100);
    expect(times.p95Milliseconds).toBeGreaterThanOrEqual(100);
  });
});
