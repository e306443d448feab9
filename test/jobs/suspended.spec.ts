import { getQueueToken } from '@nestjs/bullmq';
import type { Queue } from 'bullmq';
import { JobRunner } from '#core/jobs/job-runner.js';
import { SuspendedOrganizations } from '#core/tenancy/suspended-organizations.js';
import { OrganizationStanding } from '#modules/organizations/organization-standing.service.js';
import { useApp } from '../support/app.js';
import { databaseOfItsOwn } from '../support/database.js';
import { eventually, TOLD_SOON } from '../support/jobs.js';
import { MailServer } from '../support/mail-server.js';

const server = await MailServer.start();
const running = await useApp({
  worker: true,
  database: await databaseOfItsOwn('jobs_suspended'),
  settings: { SMTP_URL: server.url },
});
afterAll(() => server.close());
const queue = running.app.get<Queue>(getQueueToken('jobs'), { strict: false });
const runner = running.get(JobRunner);
const standing = running.get(OrganizationStanding);
const suspended = running.get(SuspendedOrganizations);

const waiting = async (organizationId: string) =>
  (await queue.getJobs(['waiting', 'delayed'])).filter(
    ({ name, data }) => name === 'email.send_reply' && data.organizationId === organizationId,
  );

/** Replies that were mailed for the ticket, which is in the address that they come from. */
const mailed = (ticketId: string): number =>
  server.mails.filter(({ from }) => from.includes(ticketId.replaceAll('-', ''))).length;

describe('the jobs of a suspended organization', () => {
  it('rest until it works again, cost no attempt, and hold up nobody else', async () => {
    const desks = [await running.given.organization(), await running.given.organization()];
    const [resting] = desks;
    const tickets: string[] = [];
    await runner.worker.pause();
    for (const desk of desks) {
      const { id } = await desk.ticket();
      tickets.push(id);
      await desk.message(id, 'reply');
      await eventually('the job waits', async () => (await waiting(desk.id)).length === 1);
    }
    const [theirs, others] = tickets as [string, string];
    await standing.suspend(resting!.organization.slug);
    await eventually('the worker knows', () => suspended.has(resting!.id), TOLD_SOON);
    await runner.worker.resume();
    await eventually('the other reply is mailed', () => mailed(others) === 1);
    const job = await eventually('the job rests', async () => {
      const [found] = await waiting(resting!.id);
      return found && (await found.isDelayed()) && found;
    });
    expect([job.attemptsMade, mailed(theirs)]).toEqual([0, 0]);

    await standing.resume(resting!.organization.slug);
    await eventually('the worker knows', () => !suspended.has(resting!.id), TOLD_SOON);
    await job.promote();
    await eventually('its reply is mailed', () => mailed(theirs) === 1);
  });
});
