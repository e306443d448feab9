import { runInContext } from '#core/context/context.js';
import { SystemDb } from '#core/database/system-db.js';
import { NoticeCourier } from '../../../apps/api/src/modules/notices/notice-courier.service.js';
import { NotificationPosting } from '../../../apps/api/src/modules/notifications/notification-posting.service.js';
import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { databaseOfItsOwn } from '../../support/database.js';
import { MailServer, type ReceivedMail } from '../../support/mail-server.js';
import { AS_MAIL, mail } from '../../support/mail.js';
import { notificationJobsRun, notificationMailsQueued, told } from '../../support/notifications.js';

const server = await MailServer.start();
const running = await useApp({
  database: await databaseOfItsOwn('notice_loops'),
  settings: { SMTP_URL: server.url },
});
afterAll(() => server.close());
const acme = await running.given.organization();
const bob = await acme.user('agent', 'Bob Agent');

const handIn = async (raw: string | Buffer): Promise<any> =>
  expectStatus(await acme.owner.post('/inbound/mail', raw, AS_MAIL), 201).body.data;

/** A mail that tells Bob of a ticket. */
async function notice(): Promise<ReceivedMail> {
  const { id } = await acme.ticket();
  await acme.owner.put(`/tickets/${id}/assignment`, { assigneeId: bob.user.id });
  await notificationJobsRun(running, acme);
  await notificationMailsQueued(running);
  while (await running.get(NoticeCourier).sweep());
  return server.mails.findLast(({ to }) => to.includes(bob.user.email))!;
}

describe('a mail that tells of a notification', () => {
  it('says that a machine wrote it and how to end such mails, and answers nothing', async () => {
    const { headers } = await notice();

    expect(headers).toMatchObject({
      'auto-submitted': 'auto-generated',
      'x-auto-response-suppress': 'All',
      'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
    });
    expect(headers['list-unsubscribe']).toMatch(
      /^<http:\/\/desk\.example\/api\/v1\/unsubscriptions\/[\w-]{80,}>$/,
    );
    expect(headers['in-reply-to']).toBeUndefined();
  });

  it('opens no ticket when it comes back, as it is or to where it came from', async () => {
    const { raw, from, headers } = await notice();
    const before = (await acme.owner.get('/tickets')).body.total;
    const absence = { 'In-Reply-To': headers['message-id']!, 'Auto-Submitted': 'auto-replied' };

    expect(await handIn(raw)).toMatchObject({
      disposition: 'rejected',
      reason: 'own_mail_came_back',
    });
    for (const answer of [{ To: from }, absence]) {
      expect(await handIn(mail({ From: bob.user.email, ...answer }))).toMatchObject({
        disposition: 'rejected',
        reason: 'notice_answered',
      });
    }

    expect((await acme.owner.get('/tickets')).body.total).toBe(before);
  });

  it('keeps no customer out who writes to it and to the desk', async () => {
    const both = mail({ To: 'support@acme.example, no-reply@desk.example' });
    expect(await handIn(both)).toMatchObject({ disposition: 'ticket' });
  });
});

describe('a flood', () => {
  it('of more than a hundred events in an hour is told as one, and mailed with the rest', async () => {
    const eve = await acme.user('agent', 'Eve Agent');
    const { id } = await acme.ticket();
    for (let index = 0; index < 103; index += 1) {
      await acme.owner.put(`/tickets/${id}/assignment`, { assigneeId: eve.user.id });
      await acme.owner.delete(`/tickets/${id}/assignment`);
    }
    await notificationJobsRun(running, acme);

    expect((await told(eve)).data).toMatchObject([
      { kind: 'suppressed', ticket: null, actorName: null, count: 3 },
      { kind: 'assigned', count: 100 },
    ]);
    expect((await told(eve, '?kind=suppressed')).total).toBe(1);
  });

  it('of mails ends after twenty in an hour: what comes then waits and is one mail', async () => {
    const eve = await acme.user('agent', 'Eve Agent');
    for (let index = 0; index < 25; index += 1) {
      const { id } = await acme.ticket();
      await acme.owner.put(`/tickets/${id}/assignment`, { assigneeId: eve.user.id });
    }
    await notificationJobsRun(running, acme);
    const kinds = async (): Promise<string[]> => {
      await notificationMailsQueued(running);
      const rows = await running.get(SystemDb).client.accountMail.findMany({
        where: { toAddress: eve.user.email },
        orderBy: { createdAt: 'asc' },
      });
      return rows.map(({ kind }) => kind);
    };

    expect(await kinds()).toEqual(Array.from({ length: 20 }, () => 'assigned'));
    running.clock.advance(3_600_001);
    expect((await kinds()).slice(20)).toEqual(['notification_digest']);
    running.clock.reset();
  });

  it('of jobs that cause each other is held back too', async () => {
    const eve = await acme.user('agent', 'Eve Agent');
    const { id } = await acme.ticket();
    await acme.owner.put(`/tickets/${id}/assignment`, { assigneeId: eve.user.id });
    const event = (await acme.events()).findLast(({ type }) => type === 'ticket.assigned');
    const context = { requestId: 'test', organizationId: acme.id };

    await runInContext(context, () =>
      running.get(NotificationPosting).assigned({ ...event, subjectId: id, depth: 6 }),
    );

    expect((await told(eve)).data).toMatchObject([{ kind: 'suppressed', count: 1 }]);
  });
});
