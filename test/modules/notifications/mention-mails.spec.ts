import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { databaseOfItsOwn } from '../../support/database.js';
import type { Person } from '../../support/given.js';
import { mailsTo, notificationJobsRun, told } from '../../support/notifications.js';

/** Without a worker: each job and each mail is run by hand, as often as a test says. */
const running = await useApp({ database: await databaseOfItsOwn('mentions') });
const acme = await running.given.organization();
const ada = await acme.user('agent', 'Ada Agent');
const jobsRun = () => notificationJobsRun(running, acme);

const mention = async (...people: Person[]): Promise<string> => {
  const { id } = await acme.ticket();
  const mentions = people.map(({ user }) => user.id);
  const note = { kind: 'note', body: 'SECRET-WORDS', mentions };
  expectStatus(await ada.post(`/tickets/${id}/messages`, note), 201);
  return id;
};

it('a job that runs three times tells once, in the desk and by mail', async () => {
  const bob = await acme.user('agent');
  await mention(bob);

  for (let time = 0; time < 3; time += 1) await jobsRun();

  expect(await told(bob)).toMatchObject({ total: 1, data: [{ count: 1 }] });
  expect(await mailsTo(running, bob)).toHaveLength(1);
  await jobsRun();
  expect(await mailsTo(running, bob)).toHaveLength(1);
});

it('jobs that run at once tell once', async () => {
  const bob = await acme.user('agent');
  const { id } = await acme.ticket();
  await ada.put(`/tickets/${id}/assignment`, { assigneeId: bob.user.id });
  await mention(bob);

  await Promise.all([jobsRun(), jobsRun(), jobsRun()]);

  const kinds = (await told(bob)).data.map(({ kind }: { kind: string }) => kind);
  expect(kinds.toSorted()).toEqual(['assigned', 'mentioned']);
  expect((await told(bob)).data.map(({ count }: { count: number }) => count)).toEqual([1, 1]);
  expect(await mailsTo(running, bob)).toHaveLength(2);
});

it('nobody gets a mail for what they read in the desk before', async () => {
  const bob = await acme.user('agent');
  await mention(bob);
  await jobsRun();
  const [{ id }] = (await told(bob)).data;

  await bob.put(`/me/notifications/${id}/reading`);

  expect(await mailsTo(running, bob)).toEqual([]);
});

it('nobody is told of their own note, nor after they left or may no longer read notes', async () => {
  const [left, blind] = [await acme.user('agent'), await acme.user('agent')];
  const ticketId = await mention(left, blind, ada);
  await jobsRun();
  const role = { name: 'Blind', permissions: ['tickets:read', 'tickets:write'] };
  const { id } = expectStatus(await acme.owner.post('/roles', role), 201).body.data;

  expectStatus(await acme.owner.patch(`/users/${blind.user.id}`, { role: id }), 200);
  expectStatus(await acme.owner.delete(`/users/${left.user.id}`), 200);

  const own = (await told(ada)).data.filter((one: any) => one.ticket.id === ticketId);
  expect(own).toEqual([]);
  expect(await told(blind)).toMatchObject({ data: [], total: 0, unread: 0 });
  expect([...(await mailsTo(running, left)), ...(await mailsTo(running, blind))]).toEqual([]);
});

it('a mail is in the language of the organization, or in the one that the person chose', async () => {
  const desk = await running.given.organization('Rayan');
  expectStatus(await desk.owner.patch('/organization', { locale: 'ar' }), 200);
  const [bob, eve] = [await desk.user('agent'), await desk.user('agent')];
  const mine = expectStatus(await eve.get('/me/notification-preferences'), 200).body.data;
  expectStatus(await eve.put('/me/notification-preferences', { ...mine, locale: 'en' }), 200);
  const { id, number } = await desk.ticket();
  const note = { kind: 'note', body: 'x', mentions: [bob.user.id, eve.user.id] };
  expectStatus(await desk.owner.post(`/tickets/${id}/messages`, note), 201);
  await notificationJobsRun(running, desk);

  const [mail] = await mailsTo(running, bob);
  const [other] = await mailsTo(running, eve);

  expect(mail).toMatchObject({ subject: `أشار إليك Olga Owner في التذكرة رقم ${number}` });
  expect(mail!.html).toContain('dir="rtl"');
  expect(other).toMatchObject({ subject: `Olga Owner mentioned you on ticket #${number}` });
});
