import { startApp, useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { databaseOfItsOwn } from '../../support/database.js';
import { personWith } from '../../support/desk.js';
import type { Client } from '../../support/as.js';
import { settled } from '../../support/jobs.js';

/** Whoever asks for something is asked about again when it is done: in between they may have been sent away. */
const database = await databaseOfItsOwn('lost_rights');
const { given } = await useApp({ database });
const acme = await given.organization();
const { owner } = acme;
const RIGHTS = [
  ...(['tickets:read', 'tickets:write', 'tickets:export', 'notes:read'] as const),
  ...(['organization:read', 'users:read', 'roles:read', 'events:read', 'customers:read'] as const),
];

/** Does what waits, by a worker that begins only now. */
async function work(): Promise<void> {
  const worker = await startApp({ database, worker: true });
  try {
    await settled(worker);
  } finally {
    await worker.close();
  }
}

const priorityOf = async (id: string): Promise<string> =>
  (await owner.get(`/tickets/${id}`)).body.data.priority;

async function changeBy(who: Client, ticketId: string, priority: string): Promise<string> {
  const body = { ticketIds: [ticketId], change: { priority } };
  return expectStatus(await who.post('/bulk-operations', body), 201).body.data.id;
}

async function exportBy(who: Client): Promise<string> {
  const body = { format: 'jsonl', include: { messages: true } };
  return expectStatus(await who.post('/exports', body), 201).body.data.id;
}

const narrower = (without: string[]) => ({
  name: `Less ${crypto.randomUUID()}`,
  permissions: RIGHTS.filter((right) => !without.includes(right)),
});

async function demoted(without: string[]): Promise<[Client, () => Promise<void>]> {
  const person = await personWith(acme, [...RIGHTS]);
  const role = expectStatus(await owner.post('/roles', narrower(without)), 201).body.data.id;
  const path = `/users/${person.user.id}`;
  return [person, async () => void expectStatus(await owner.patch(path, { role }), 200)];
}

async function removed(): Promise<[Client, () => Promise<void>]> {
  const person = await personWith(acme, [...RIGHTS]);
  const path = `/users/${person.user.id}`;
  return [person, async () => void expectStatus(await owner.delete(path), 200)];
}

async function revoked(): Promise<[Client, () => Promise<void>]> {
  const key = await acme.apiKey([...RIGHTS]);
  const path = `/api-keys/${key.key.id}`;
  return [key, async () => void expectStatus(await owner.delete(path), 200)];
}

it.each([
  ['is removed', removed],
  ['may not change tickets any more', () => demoted(['tickets:write'])],
  ['is a key that was revoked', revoked],
])('a bulk change of somebody who %s is not made', async (_, somebody) => {
  const ticket = await acme.ticket();
  const [who, lose] = await somebody();
  const id = await changeBy(who, ticket.id, 'urgent');
  await lose();

  await work();

  expect(await priorityOf(ticket.id)).toBe('normal');
  const { data } = (await owner.get(`/operations/${id}`)).body;
  expect(data).toMatchObject({ status: 'failed', done: 0, failed: 1, canUndo: false });
  const items = (await owner.get(`/operations/${id}/items`)).body.data;
  expect(items).toMatchObject([{ status: 'failed', problem: expect.stringMatching(/may not/) }]);
});

it('nor is it undone for them, and what was made stays', async () => {
  const ticket = await acme.ticket();
  const id = await changeBy(owner, ticket.id, 'urgent');
  await work();
  const [who, lose] = await removed();
  expectStatus(await who.put(`/operations/${id}/undoing`, {}), 200);
  await lose();

  await work();

  expect(await priorityOf(ticket.id)).toBe('urgent');
  const { data } = (await owner.get(`/operations/${id}`)).body;
  expect(data).toMatchObject({ status: 'undone', result: { undone: 0, kept: 1 } });
});

it.each([
  ['is removed', removed],
  ['may not export any more', () => demoted(['tickets:export'])],
  ['may not read the notes any more that are in it', () => demoted(['notes:read'])],
  ['is a key that was revoked', revoked],
])('an export of somebody who %s is not written', async (_, somebody) => {
  const [who, lose] = await somebody();
  const id = await exportBy(who);
  await lose();

  await work();

  const { data } = (await owner.get(`/exports/${id}`)).body;
  expect(data).toMatchObject({ status: 'failed', problem: expect.stringMatching(/may not/) });
});

it('a key goes on while it stands, and so does a person who was given another role', async () => {
  const [ticket, other] = [await acme.ticket(), await acme.ticket()];
  const key = await acme.apiKey([...RIGHTS]);
  const [who, lose] = await demoted(['notes:read']);
  await changeBy(key, ticket.id, 'high');
  await changeBy(who, other.id, 'low');
  const made = await exportBy(key);
  await lose();

  await work();

  expect([await priorityOf(ticket.id), await priorityOf(other.id)]).toEqual(['high', 'low']);
  expect((await owner.get(`/exports/${made}`)).body.data.status).toBe('done');
});
