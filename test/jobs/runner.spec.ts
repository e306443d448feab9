import { getQueueToken } from '@nestjs/bullmq';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Job, Queue } from 'bullmq';
import { currentContext, runInContext } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import { JobRunner } from '#core/jobs/job-runner.js';
import { Log } from '#core/logging/log.js';
import { startApp, type RunningApp } from '../support/app.js';
import { asOwner, databaseOfItsOwn } from '../support/database.js';
import type { GivenOrganization } from '../support/given.js';
import { eventually, settled } from '../support/jobs.js';
import { MailServer } from '../support/mail-server.js';
import { backendNames, openBackend, type QueueBackend } from '../support/queues.js';

describe.each(backendNames())('the job runner with its queue on %s', (name) => {
  let backend: QueueBackend;
  let server: MailServer;
  let running: RunningApp;
  let queue: Queue;
  let acme: GivenOrganization;
  const logged: { event: string; details: any }[] = [];

  beforeAll(async () => {
    backend = await openBackend(name);
    server = await MailServer.start();
    running = await startApp({
      worker: true,
      database: await databaseOfItsOwn(`runner_${name.toLowerCase()}`),
      settings: { ...backend.settings, SMTP_URL: server.url },
    });
    queue = running.app.get<Queue>(getQueueToken('jobs'), { strict: false });
    acme = await running.given.organization();
    const log = running.get(Log);
    for (const level of ['info', 'warn', 'error'] as const) {
      Object.defineProperty(log, level, {
        value: (event: string, details: unknown) => logged.push({ event, details }),
      });
    }
  });

  afterAll(async () => {
    await running?.close();
    await server?.close();
    await backend?.close();
  });

  /** A reply and the event that its job is about. */
  async function reply(): Promise<{ id: string; seq: number; ticketId: string; eventId: string }> {
    const { id: ticketId } = await acme.ticket();
    const { id } = await acme.message(ticketId, 'reply');
    const event = (await acme.events()).find(({ data }) => data.messageId === id);
    return { id, seq: event.seq, ticketId, eventId: event.id };
  }

  function jobOf(seq: number): Job {
    const data = { organizationId: acme.id, seq };
    return { id: 'x:y:1', name: 'email.send_reply', data, opts: {}, attemptsMade: 0 } as Job;
  }

  /** Every row that a mailed reply leaves. */
  async function rowsOf({ id }: { id: string }): Promise<unknown> {
    return asOwner(running.database, async (client) => {
      const one = async (sql: string): Promise<unknown[]> => (await client.query(sql, [id])).rows;
      return {
        mails: await one('select * from outbound_mails where message_id = $1'),
        message: await one('select * from messages where id = $1'),
        events: await one(
          "select seq, type, data, causation_id, depth from ledger_events where data ->> 'messageId' = $1 order by seq",
        ),
        receipts: await one(
          "select r.consumer, r.seq from job_receipts r join ledger_events e using (organization_id, seq) where e.data ->> 'messageId' = $1 and r.consumer = 'email.send_reply'",
        ),
      };
    });
  }

  it('runs a job three times and leaves the same rows, in an organization that nobody set', async () => {
    const said = await reply();
    await settled(running);
    const once = await rowsOf(said);
    expect(once).toMatchObject({
      mails: [{ status: 'sent', attempts: 1 }],
      message: [{ delivery_status: 'sent' }],
      events: [
        { type: 'ticket.replied', depth: 0 },
        { type: 'mail.sent', depth: 1, causation_id: said.eventId },
      ],
      receipts: [{ consumer: 'email.send_reply', seq: String(said.seq) }],
    });
    const runner = running.get(JobRunner);
    expect(currentContext()).toBeUndefined();
    for (let time = 2; time <= 3; time += 1) await runner.process(jobOf(said.seq));
    expect(await rowsOf(said)).toEqual(once);
    expect(
      server.mails.filter(({ from }) => from.includes(said.ticketId.replaceAll('-', ''))),
    ).toHaveLength(1);
    expect(logged.filter(({ event }) => event === 'job.repeated')).toHaveLength(2);
  });

  it('leaves the same rows when its receipt was lost, and when it runs three times at once', async () => {
    const said = await reply();
    await settled(running);
    const once = await rowsOf(said);
    await asOwner(running.database, (client) =>
      client.query('delete from job_receipts where seq = $1', [said.seq]),
    );
    const runner = running.get(JobRunner);
    await Promise.all([1, 2, 3].map(() => runner.process(jobOf(said.seq))));
    expect(await rowsOf(said)).toEqual(once);
  });

  it('takes the organization from the job alone, whatever context it is called in', async () => {
    const globex = await running.given.organization();
    const said = await reply();
    await settled(running);
    const foreign = { requestId: 'foreign', organizationId: globex.id };
    await runInContext(foreign, () => running.get(JobRunner).process(jobOf(said.seq)));
    expect((await globex.events()).map(({ type }) => type)).not.toContain('mail.sent');
  });

  it.each([
    ['an organization that is none', { organizationId: 'acme', seq: 1 }, /organizationId/],
    ['no organization', { seq: 1 }, /organizationId/],
    ['a seq that is none', { organizationId: newId(), seq: 1.5 }, /seq/],
    ['an unknown field', { organizationId: newId(), seq: 1, email: 'a@b.example' }, /email/],
    ['nothing', {}, /organizationId/],
    ['an event that is not there', { organizationId: newId(), seq: 1 }, /not in the ledger/],
  ])('gives up at once a job with %s, and says so', async (_, data, reason) => {
    const jobId = `email.send_reply:bad:${newId()}`;
    await queue.add('email.send_reply', data, { jobId, attempts: 5, backoff: 1 });
    const hasFailed = async (): Promise<boolean> =>
      (await (await queue.getJob(jobId))?.isFailed()) ?? false;
    await eventually('the job has failed', hasFailed);
    const job = await queue.getJob(jobId);
    expect(job!.failedReason).toMatch(reason);
    expect(job!.attemptsMade).toBe(1);
    const line = await eventually('it is logged', () =>
      logged.find(({ event, details }) => event === 'job.given_up' && details.jobId === jobId),
    );
    expect(line.details).toMatchObject({ consumer: 'email.send_reply' });
    expect(logged.map(({ event }) => event)).not.toContain('job.give_up_failed');
  });

  it('gives up at once a job that nobody handles', async () => {
    const job = await queue.add(
      'email.no_such_work',
      { organizationId: acme.id, seq: 1 },
      { attempts: 5 },
    );
    await eventually('the job has failed', () => job.isFailed());
    expect((await queue.getJob(job.id!))!.failedReason).toBe('no handler for email.no_such_work');
  });

  it('hands a job that is added again under its id to nobody', async () => {
    const said = await reply();
    await settled(running);
    const jobId = `email.send_reply:${acme.id}:${said.seq}`;
    expect(await (await queue.getJob(jobId))?.isCompleted()).toBe(true);
    const before = logged.length;
    await queue.add('email.send_reply', { organizationId: acme.id, seq: said.seq }, { jobId });
    // One that comes after it is done; by then the first would have been.
    const next = await reply();
    await settled(running);
    const ran = logged
      .slice(before)
      .filter(
        ({ event, details }) => event.startsWith('job.') && details.consumer === 'email.send_reply',
      );
    expect(ran).toMatchObject([{ event: 'job.done', details: { seq: next.seq } }]);
  });
});
