import { runInContext } from '#core/context/context.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { databaseOfItsOwn } from '../../support/database.js';
import { personWith } from '../../support/desk.js';
import type { Person } from '../../support/given.js';
import { eventually, settled } from '../../support/jobs.js';
import { noticesTo } from '../../support/notices.js';

const running = await useApp({ worker: true, database: await databaseOfItsOwn('notifications') });
const { given } = running;
const acme = await given.organization('Acme Support');
const globex = await given.organization('Globex');
const ada = await acme.user('agent', 'Ada Agent');

const note = async (ticketId: string, mentions: string[], by: Person = ada): Promise<any> => {
  const message = { kind: 'note', body: 'SECRET-WORDS', mentions };
  return expectStatus(await by.post(`/tickets/${ticketId}/messages`, message), 201).body.data;
};
const told = async (person: Person, query = ''): Promise<any> =>
  expectStatus(await person.get(`/me/notifications${query}`), 200).body;
describe('somebody who is mentioned', () => {
  it('is told in the desk and by mail, without the words of the note', async () => {
    const bob = await acme.user('agent', 'Bob Agent');
    const ticket = await acme.ticket();
    const { id } = await note(ticket.id, [bob.user.id]);
    await settled(running);

    const { data, unread, total } = await told(bob);
    const mails = await eventually('the mail', async () => {
      const sent = await noticesTo(running, bob.user.email);
      return sent.length > 0 && sent;
    });

    expect([unread, total]).toEqual([1, 1]);
    expect(data).toEqual([
      {
        id: expect.any(String),
        kind: 'mentioned',
        ticket: { id: ticket.id, number: ticket.number, subject: ticket.subject },
        messageId: id,
        actorName: 'Ada Agent',
        count: 1,
        readAt: null,
        createdAt: expect.any(String),
        latestAt: expect.any(String),
      },
    ]);
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({
      kind: 'mentioned',
      subject: `Ada Agent mentioned you on ticket #${ticket.number}`,
      path: `/tickets/${ticket.id}`,
    });
    expect(JSON.stringify(mails)).not.toContain('SECRET-WORDS');
    expect(JSON.stringify(await acme.events())).not.toContain('SECRET-WORDS');
  });
});

describe('somebody who is given a ticket', () => {
  it('is told who did it, and not when they took it themselves', async () => {
    const bob = await acme.user('agent');
    const [given, taken] = [await acme.ticket(), await acme.ticket()];
    const assigneeId = bob.user.id;
    await ada.put(`/tickets/${given.id}/assignment`, { assigneeId });
    await bob.put(`/tickets/${taken.id}/assignment`, { assigneeId });
    await settled(running);

    const { data } = await told(bob);

    expect(data).toHaveLength(1);
    expect(data[0]).toMatchObject({
      kind: 'assigned',
      ticket: { id: given.id },
      messageId: null,
      actorName: 'Ada Agent',
    });
    const mails = await eventually('the mail', async () => {
      const sent = await noticesTo(running, bob.user.email);
      return sent.length > 0 && sent;
    });
    expect(mails).toMatchObject([
      { kind: 'assigned', subject: `Ticket #${given.number} was assigned to you` },
    ]);
  });

  it('by a program is told so without a name', async () => {
    const bob = await acme.user('agent');
    const key = await acme.apiKey(['tickets:write', 'tickets:read']);
    const { id } = await acme.ticket();
    await key.put(`/tickets/${id}/assignment`, { assigneeId: bob.user.id });
    await settled(running);

    expect((await told(bob)).data).toEqual([expect.objectContaining({ actorName: null })]);
  });
});

describe('notifications', () => {
  it('are read one by one or all at once, and the unread are counted', async () => {
    const bob = await acme.user('agent');
    for (let time = 0; time < 3; time += 1) await note((await acme.ticket()).id, [bob.user.id]);
    await settled(running);
    const all = (await told(bob)).data;

    const read = await bob.put(`/me/notifications/${all[1].id}/reading`);

    expect(read.body.data).toEqual({ ...all[1], readAt: expect.any(String) });
    expect(await told(bob, '?unread=true')).toMatchObject({
      data: [all[0], all[2]],
      total: 2,
      unread: 2,
    });
    const first = await told(bob, '?limit=2');
    const rest = await told(bob, `?limit=2&cursor=${first.nextCursor}`);
    expect([...first.data, ...rest.data].map(({ id }) => id)).toEqual(
      all.map(({ id }: { id: string }) => id),
    );
    expect((await bob.put('/me/notifications/reading')).status).toBe(200);
    expect(await told(bob)).toMatchObject({ total: 3, unread: 0 });
  });

  it('are nobody else’s, here and elsewhere', async () => {
    const bob = await acme.user('agent');
    await note((await acme.ticket()).id, [bob.user.id]);
    await settled(running);
    const [{ id }] = (await told(bob)).data;

    for (const other of [ada, acme.owner, globex.owner]) {
      const answer = await other.put(`/me/notifications/${id}/reading`);
      expect([answer.status, answer.body.error.code]).toEqual([404, 'notification.not_found']);
      await other.put('/me/notifications/reading');
    }

    expect((await told(bob)).unread).toBe(1);
    expect((await told(globex.owner)).total).toBe(0);
  });

  it('are for people, and for those who may see tickets', async () => {
    const key = await acme.apiKey(['tickets:read']);
    const outsider = await personWith(acme, ['users:read']);

    expect((await key.get('/me/notifications')).body.error.code).toBe('auth.people_only');
    expect((await outsider.get('/me/notifications')).status).toBe(403);
    const rows = await runInContext({ requestId: 'test', organizationId: globex.id }, () =>
      running.get(TenantDb).client.notification.count({}),
    );
    expect(rows).toBe(0);
  });
});
