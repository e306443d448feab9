import { startApp, useApp } from '../../support/app.js';
import { eventually } from '../../support/jobs.js';

/** Two applications on one database stand for two processes: they share nothing but Postgres. */
const first = await useApp();
const second = await startApp();
afterAll(() => second.close());

const A_SECOND = 1_000;
const acme = await first.given.organization();

it('a key that is revoked here stops working there within a second', async () => {
  const key = await acme.apiKey(['tickets:read']);
  const there = second.as(key.token);
  expect((await there.get('/tickets')).status).toBe(200);

  await acme.owner.delete(`/api-keys/${key.key.id}`);

  await eventually('401', async () => (await there.get('/tickets')).status === 401, A_SECOND);
});

it.each([
  [
    'narrowed',
    (id: string) => acme.owner.patch(`/api-keys/${id}`, { scopes: ['users:read'] }),
    403,
  ],
  [
    'held to a network',
    (id: string) => acme.owner.patch(`/api-keys/${id}`, { allowedNetworks: ['10.0.0.0/8'] }),
    403,
  ],
  [
    'rotated without an overlap',
    (id: string) => acme.owner.post(`/api-keys/${id}/rotation`, { overlapHours: 0 }),
    401,
  ],
])('a key that is %s here is so there within a second', async (_, change, status) => {
  const key = await acme.apiKey(['tickets:read']);
  const there = second.as(key.token);
  expect((await there.get('/tickets')).status).toBe(200);

  await change(key.key.id);

  await eventually(
    `${status}`,
    async () => (await there.get('/tickets')).status === status,
    A_SECOND,
  );
});

it('a session that is ended here stops working there within a second', async () => {
  const agent = await acme.user('agent');
  const there = second.as(agent.token);
  expect((await there.get('/me')).status).toBe(200);

  await agent.delete('/auth/sessions/current');

  await eventually('401', async () => (await there.get('/me')).status === 401, A_SECOND);
});

it('a key that was refused before it was made is good as soon as it is', async () => {
  const key = await acme.apiKey(['tickets:read']);

  expect((await second.as(key.token).get('/tickets')).status).toBe(200);
});

it('what is written here is read there', async () => {
  const ticket = await acme.ticket();

  const answer = await second.as(acme.owner.token).get(`/tickets/${ticket.id}`);

  expect(answer.body.data).toEqual(ticket);
});
