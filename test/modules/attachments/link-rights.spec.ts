import { useApp } from '../../support/app.js';
import { expectStatus, type Client } from '../../support/as.js';
import { personWith } from '../../support/desk.js';
import type { Person } from '../../support/given.js';

/** A link lives as long as the right of whoever asked for it, and five minutes at most. */
const { given, as } = await useApp();
const acme = await given.organization();
const { owner } = acme;
const nobody = as(null);

async function attached(kind: 'reply' | 'note'): Promise<string> {
  const headers = { 'content-type': 'text/plain', 'x-file-name': 'plan.txt' };
  const upload = await owner.post('/attachments', 'words', { headers });
  const { id } = expectStatus(upload, 201).body.data;
  const ticket = await acme.ticket();
  const message = { kind, body: 'With a file.', attachmentIds: [id] };
  expectStatus(await owner.post(`/tickets/${ticket.id}/messages`, message), 201);
  return id;
}

async function linkFor(who: Client, id: string): Promise<string> {
  const { url } = expectStatus(await who.post(`/attachments/${id}/links`), 201).body.data;
  expect((await nobody.get(url)).status).toBe(200);
  return url;
}

const narrowTo = async (person: Person, permissions: string[]): Promise<void> => {
  const role = { name: `Role ${crypto.randomUUID()}`, permissions };
  const { id } = expectStatus(await owner.post('/roles', role), 201).body.data;
  expectStatus(await owner.patch(`/users/${person.user.id}`, { role: id }), 200);
};

/** The cache of who is who is told by the database: within a second. */
async function dies(url: string): Promise<void> {
  for (let looks = 0; looks < 100; looks += 1) {
    const { status, body } = await nobody.get(url);
    if (status === 404) return expect(body.error.code).toBe('file.link_dead');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('the link lives on');
}

it.each([
  ['signs out', async (who: Person) => void (await who.delete('/auth/sessions/current'))],
  [
    'is removed',
    async (who: Person) => void expectStatus(await owner.delete(`/users/${who.user.id}`), 200),
  ],
  ['may not see tickets any more', (who: Person) => narrowTo(who, ['users:read'])],
])('dies when whoever asked for it %s', async (_, lose) => {
  const who = await personWith(acme, ['tickets:read']);
  const id = await attached('reply');
  const [url, others] = [await linkFor(who, id), await linkFor(owner, id)];

  await lose(who);

  await dies(url);
  expect((await nobody.get(others)).status).toBe(200);
});

it('to a file of a note dies with the right to read notes, and one of a reply lives on', async () => {
  const who = await personWith(acme, ['tickets:read', 'notes:read']);
  const [note, reply] = [
    await linkFor(who, await attached('note')),
    await linkFor(who, await attached('reply')),
  ];

  await narrowTo(who, ['tickets:read']);

  await dies(note);
  expect((await nobody.get(reply)).status).toBe(200);
});

it('dies with the key that asked for it', async () => {
  const key = await acme.apiKey(['tickets:read']);
  const url = await linkFor(key, await attached('reply'));

  expectStatus(await owner.delete(`/api-keys/${key.key.id}`), 200);

  await dies(url);
});
