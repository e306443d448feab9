import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { databaseOfItsOwn } from '../../support/database.js';
import { MailedTicket, personWith } from '../../support/desk.js';
import type { Person } from '../../support/given.js';
import {
  choose,
  mailsTo,
  notificationJobsRun,
  notificationMailsQueued,
  told,
} from '../../support/notifications.js';

const running = await useApp({ database: await databaseOfItsOwn('preferences') });
const { given, clock } = running;
const acme = await given.organization('Acme Support');
const globex = await given.organization('Globex');
const DAY = 24 * 3_600_000;
/** Sessions end within the hour: the clock moves only while nobody calls. */
afterEach(() => clock.reset());

const jobsRun = () => notificationJobsRun(running, acme);
const kindsOf = async (person: Person): Promise<string[]> =>
  (await told(person)).data.map(({ kind }: { kind: string }) => kind);
const assign = async (person: Person, ticketId: string): Promise<void> => {
  const body = { assigneeId: person.user.id };
  expectStatus(await acme.owner.put(`/tickets/${ticketId}/assignment`, body), 200);
};

describe('preferences', () => {
  it('are what everybody has until somebody chooses, and then stay theirs, here alone', async () => {
    const bob = await acme.user('agent');
    const before = expectStatus(await bob.get('/me/notification-preferences'), 200).body.data;

    expect(before).toEqual({
      reasons: [
        { reason: 'mentioned', inApp: true, mail: 'at_once' },
        { reason: 'assigned', inApp: true, mail: 'at_once' },
        { reason: 'customer_replied', inApp: true, mail: 'digest' },
        { reason: 'ticket_created', inApp: false, mail: 'off' },
      ],
      digest: { every: 'daily', hour: 8 },
      timeZone: null,
      locale: null,
    });
    const digest = { every: 'hourly', hour: 9 };
    const more = { digest, timeZone: 'Asia/Kolkata', locale: 'ar' };
    const after = await choose(bob, { ticket_created: { inApp: true, mail: 'digest' } }, more);

    expect(after).toEqual({
      ...before,
      ...more,
      reasons: [
        ...before.reasons.slice(0, 3),
        { reason: 'ticket_created', inApp: true, mail: 'digest' },
      ],
    });
    expect((await bob.get('/me/notification-preferences')).body.data).toEqual(after);
    for (const other of [acme.owner, globex.owner])
      expect((await other.get('/me/notification-preferences')).body.data).toEqual(before);
  });

  it.each([
    ['an unknown reason', { reasons: [{ reason: 'x', inApp: true, mail: 'off' }] }],
    ['an unknown way', { reasons: [{ reason: 'assigned', inApp: true, mail: 'pigeon' }] }],
    ['no list', { reasons: 'all' }],
    [
      'a reason twice',
      {
        reasons: [
          { reason: 'assigned', inApp: true, mail: 'off' },
          { reason: 'assigned', inApp: true, mail: 'digest' },
        ],
      },
    ],
    ['an hour that is not', { digest: { every: 'daily', hour: 24 } }],
    ['no digest', { digest: null }],
    ['a time zone that is not', { timeZone: 'Mars/Olympus' }],
    ['an offset', { timeZone: '+02:00' }],
    ['a language that we do not write', { locale: 'tlh' }],
  ])('with %s are refused', async (_, wrong) => {
    const wanted = {
      ...{ reasons: [], digest: { every: 'daily', hour: 8 }, timeZone: null, locale: null },
      ...wrong,
    };
    const { status, body } = await acme.owner.put('/me/notification-preferences', wanted);
    expect([status, body.error.code]).toEqual([400, 'validation.failed']);
  });

  it('are told of in the log when they change, and only then', async () => {
    const bob = await acme.user('agent');
    const before = (await acme.events()).length;
    await choose(bob, { assigned: { inApp: true, mail: 'off' } });
    await choose(bob, { assigned: { inApp: true, mail: 'off' } });

    expect((await acme.events()).slice(before)).toMatchObject([
      {
        type: 'user.notifications_changed',
        actor: { type: 'user', id: bob.user.id },
        subject: { type: 'user', id: bob.user.id },
        changes: {
          assigned: [
            { inApp: true, mail: 'at_once' },
            { inApp: true, mail: 'off' },
          ],
        },
      },
    ]);
  });

  it('keep what two windows choose at once', async () => {
    const bob = await acme.user('agent');
    const off = { inApp: false, mail: 'off' } as const;
    await Promise.all([choose(bob, { assigned: off }), choose(bob, { mentioned: off })]);

    const { reasons } = (await bob.get('/me/notification-preferences')).body.data;
    expect(reasons.slice(0, 2)).toEqual([
      { reason: 'mentioned', ...off },
      { reason: 'assigned', ...off },
    ]);
  });

  it('are of people, and of those who may see tickets', async () => {
    const key = await acme.apiKey(['tickets:read']);
    const outsider = await personWith(acme, ['users:read']);
    const path = '/me/notification-preferences';
    expect((await key.get(path)).body.error.code).toBe('auth.people_only');
    expect((await outsider.get(path)).status).toBe(403);
  });
});

describe('a customer who answers', () => {
  it('is told to whose ticket it is, once however often they write, and in one mail', async () => {
    const bob = await acme.user('agent');
    await choose(bob, { customer_replied: { inApp: true, mail: 'at_once' } });
    const ticket = await MailedTicket.open(acme);
    await assign(bob, ticket.id);
    await jobsRun();
    const { number } = (await bob.get(`/tickets/${ticket.id}`)).body.data;
    await mailsTo(running, bob);
    for (let time = 0; time < 5; time += 1) await ticket.customerWrites();
    await jobsRun();

    expect((await told(bob)).data).toMatchObject([
      { kind: 'customer_replied', count: 5, actorName: 'Rita Requester', ticket: { number } },
      { kind: 'assigned', count: 1 },
    ]);
    expect(await mailsTo(running, bob)).toHaveLength(1);
    clock.advance(61_000);
    expect((await mailsTo(running, bob)).slice(1)).toMatchObject([
      { kind: 'customer_replied', subject: `5 answers of customers on ticket #${number}` },
    ]);
  });

  it('is told to the team while the ticket is nobody’s, and to nobody else', async () => {
    const [bob, eve] = [await acme.user('agent'), await acme.user('agent')];
    const { id } = expectStatus(await acme.owner.post('/teams', { name: 'First line' }), 201).body
      .data;
    expectStatus(await acme.owner.put(`/teams/${id}/members/${bob.user.id}`), 200);
    const ticket = await MailedTicket.open(acme);
    expectStatus(await acme.owner.patch(`/tickets/${ticket.id}`, { teamId: id }), 200);
    await ticket.customerWrites();
    await jobsRun();

    expect([await kindsOf(bob), await kindsOf(eve)]).toEqual([['customer_replied'], []]);
  });

  it('is mailed to nobody who has read it, by its ticket, in the desk', async () => {
    const bob = await acme.user('agent');
    await choose(bob, { customer_replied: { inApp: true, mail: 'at_once' } });
    const ticket = await MailedTicket.open(acme);
    await assign(bob, ticket.id);
    await ticket.customerWrites();
    await jobsRun();
    expectStatus(await bob.put(`/me/notifications/reading?ticketId=${crypto.randomUUID()}`), 200);
    expect((await told(bob)).unread).toBe(2);

    expectStatus(await bob.put(`/me/notifications/reading?ticketId=${ticket.id}`), 200);

    expect((await told(bob)).unread).toBe(0);
    clock.advance(61_000);
    expect(await mailsTo(running, bob)).toEqual([]);
  });
});

describe('a new ticket', () => {
  it('is told to its team if they want it, to whom it was given, and not to who made it', async () => {
    const [bob, eve] = [await acme.user('agent'), await acme.user('agent')];
    const { id: teamId } = expectStatus(await acme.owner.post('/teams', { name: 'Second' }), 201)
      .body.data;
    for (const { user } of [bob, eve, acme.owner])
      expectStatus(await acme.owner.put(`/teams/${teamId}/members/${user.id}`), 200);
    for (const person of [eve, acme.owner])
      await choose(person, { ticket_created: { inApp: true, mail: 'off' } });
    await acme.ticket({ teamId });
    await acme.ticket({ teamId, assigneeId: eve.user.id });
    await jobsRun();

    expect(await kindsOf(bob)).toEqual([]);
    expect((await kindsOf(eve)).toSorted()).toEqual(['assigned', 'ticket_created']);
    expect(await kindsOf(acme.owner)).toEqual([]);
  });
});

describe('what a person chose', () => {
  it('decides whether the desk shows it, and whether it is mailed', async () => {
    const [desk, mail, none] = [
      await acme.user('agent'),
      await acme.user('agent'),
      await acme.user('agent'),
    ];
    await choose(desk, { assigned: { inApp: true, mail: 'off' } });
    await choose(mail, { assigned: { inApp: false, mail: 'at_once' } });
    await choose(none, { assigned: { inApp: false, mail: 'off' } });
    for (const person of [desk, mail, none]) await assign(person, (await acme.ticket()).id);
    await jobsRun();

    const inApp = await Promise.all(
      [desk, mail, none].map(async (each) => (await told(each)).total),
    );
    expect(inApp).toEqual([1, 0, 0]);
    const mails = [];
    for (const person of [desk, mail, none]) mails.push((await mailsTo(running, person)).length);
    expect(mails).toEqual([0, 1, 0]);
  });

  it('holds for what waits already', async () => {
    const bob = await acme.user('agent');
    await assign(bob, (await acme.ticket()).id);
    await jobsRun();
    await choose(bob, { assigned: { inApp: true, mail: 'off' } });

    expect(await mailsTo(running, bob)).toEqual([]);
    expect((await told(bob)).unread).toBe(1);
  });
});

describe('a digest', () => {
  it('is one mail at the hour of the person, of what they have not read, whoever races', async () => {
    const bob = await acme.user('agent');
    const digest = { every: 'daily', hour: 7 };
    const choices = { assigned: { inApp: true, mail: 'digest' } };
    await choose(bob, choices, { digest, timeZone: 'Asia/Tokyo' });
    const tickets = [await acme.ticket(), await acme.ticket(), await acme.ticket()];
    for (const { id } of tickets) await assign(bob, id);
    await jobsRun();
    await bob.put(`/me/notifications/reading?ticketId=${tickets[1]!.id}`);
    expect(await mailsTo(running, bob)).toEqual([]);

    // Seven in Tokyo is ten in the evening in Greenwich.
    const due = new Date(clock.now());
    due.setUTCHours(22, 0, 1, 0);
    if (due <= clock.now()) due.setTime(due.getTime() + DAY);
    clock.set(new Date(due.getTime() - 2_000));
    expect(await mailsTo(running, bob)).toEqual([]);
    clock.set(due);
    await Promise.all([1, 2, 3].map(() => notificationMailsQueued(running)));
    const mails = await mailsTo(running, bob);

    expect(mails).toMatchObject([
      { kind: 'notification_digest', subject: 'Acme Support: 2 things new for you' },
    ]);
    expect(mails[0]!.text).toContain(`#${tickets[0]!.number} The printer is on fire`);
    expect(mails[0]!.text).not.toContain(`#${tickets[1]!.number} `);
    expect(mails[0]!.text).toContain(`http://desk.example/tickets/${tickets[2]!.id}`);
    clock.set(new Date(due.getTime() + DAY));
    expect(await mailsTo(running, bob)).toHaveLength(1);
  });

  it('moves with its hour', async () => {
    const bob = await acme.user('agent');
    await choose(bob, { assigned: { inApp: true, mail: 'digest' } });
    await assign(bob, (await acme.ticket()).id);
    await jobsRun();
    await choose(bob, {}, { digest: { every: 'hourly', hour: 8 } });

    clock.advance(3_600_001);
    expect(await mailsTo(running, bob)).toHaveLength(1);
  });
});
