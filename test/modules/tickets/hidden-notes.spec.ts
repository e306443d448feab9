import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { personWith } from '../../support/desk.js';

/** Internal notes are for those who may read them: nobody else learns that there is one. */
const { given } = await useApp();
const acme = await given.organization();
const blind = await personWith(acme, ['tickets:read', 'tickets:write', 'events:read']);
const key = await acme.apiKey(['tickets:read']);
const SECRET = 'HE-NEVER-PAYS';

async function uploaded(): Promise<string> {
  const headers = { 'content-type': 'text/plain', 'x-file-name': 'note.txt' };
  return expectStatus(await acme.owner.post('/attachments', 'words', { headers }), 201).body.data
    .id;
}

const { id, number } = await acme.ticket();
await acme.message(id, 'note', SECRET);
await acme.message(id, 'reply', 'We are looking into it.');
await acme.message(id, 'note', `${SECRET} again`);

describe.each([
  ['a person', blind],
  ['a program', key],
])('%s who may not read notes', (_, reader) => {
  it('finds none in the conversation, on no page, and none counted', async () => {
    const { body, text } = await reader.get(`/tickets/${id}/messages`);

    expect(body.data.map(({ kind }: { kind: string }) => kind)).toEqual(['inbound', 'reply']);
    expect(body).toMatchObject({ total: 2, totalIsExact: true, nextCursor: null });
    expect(text).not.toContain(SECRET);
    const second = await reader.get(`/tickets/${id}/messages?skip=1&limit=1`);
    expect(second.body.data).toEqual([body.data[1]]);
    const first = await reader.get(`/tickets/${id}/messages?limit=1`);
    const rest = await reader.get(`/tickets/${id}/messages?cursor=${first.body.nextCursor}`);
    expect(rest.body.data).toEqual([body.data[1]]);
  });
});

it.each([
  ['a list', '/tickets'],
  ['a ticket', `/tickets/${id}`],
  ['a search', `/search?q=%23${number}`],
])('%s counts none for them', async (_, path) => {
  for (const [reader, size] of [
    [blind, 2],
    [acme.owner, 4],
  ] as const) {
    const { body, headers } = await reader.get(path);
    const [found] = [body.data].flat();
    const ticket = found.ticket ?? found;
    expect(ticket).toMatchObject({ id, messageCount: size });
    if (headers.etag) expect(headers.etag).toBe(`"${ticket.version}-${size}"`);
  }
});

it('nor does what they change', async () => {
  const { body, headers } = await blind.patch(`/tickets/${id}`, { priority: 'high' });

  expect(body.data.messageCount).toBe(2);
  expect(headers.etag).toBe(`"${body.data.version}-2"`);
  const assigned = await blind.put(`/tickets/${id}/assignment`, { assigneeId: blind.user.id });
  expect(assigned.body.data.messageCount).toBe(2);
});

it('no time of the ticket moves, nor its place in a list', async () => {
  const [first, second] = [await acme.ticket(), await acme.ticket()];
  const sorts = ['-updatedAt', '-lastMessageAt'];
  const seen = async (): Promise<unknown[]> => [
    (await blind.get(`/tickets/${first.id}`)).body,
    ...(await Promise.all(
      sorts.map(async (sort) => (await blind.get(`/tickets?limit=5&sort=${sort}`)).body.data),
    )),
  ];
  const before = await seen();

  await acme.message(first.id, 'note', SECRET);
  const { body } = await acme.owner.get(`/tickets/${first.id}/messages`);
  const about = { kind: 'note', body: SECRET, lastSeenMessageId: body.data.at(-1).id };
  expect((await acme.owner.post(`/tickets/${first.id}/messages`, about)).status).toBe(201);
  const withFile = await acme.owner.post(`/tickets/${second.id}/messages`, {
    ...{ kind: 'note', body: SECRET },
    attachmentIds: [await uploaded()],
  });
  expect(withFile.status).toBe(201);

  expect(await seen()).toEqual(before);
});

it('a split is refused as if there were none', async () => {
  const it = await acme.ticket();
  const note = await acme.message(it.id, 'note', SECRET);
  const { body } = await blind.get(`/tickets/${it.id}/messages`);
  const all = body.data.map((one: { id: string }) => one.id);

  const everything = await blind.post(`/tickets/${it.id}/splits`, { messageIds: all });
  const hidden = await blind.post(`/tickets/${it.id}/splits`, { messageIds: [note.id] });

  expect(everything).toMatchObject({ status: 409, body: { error: { code: 'ticket.split_all' } } });
  expect(hidden).toMatchObject({ status: 404, body: { error: { code: 'message.not_found' } } });
});

it('the log that they may read holds ids and no words', async () => {
  const { text } = await blind.get('/events?limit=1000');

  expect(text).not.toContain(SECRET);
});

it('nor do merges, splits and macros, nor what is told of them', async () => {
  const [into, from] = [await acme.ticket(), await acme.ticket()];
  const note = await acme.message(from.id, 'note', SECRET);
  await acme.owner.post(`/tickets/${from.id}/splits`, { messageIds: [note.id] });
  await acme.message(from.id, 'note', SECRET);
  const merge = { ticketIds: [from.id] };
  const merged = await acme.owner.post(`/tickets/${into.id}/merges`, merge);
  const seen = [
    await blind.get('/operations'),
    await blind.get(`/operations/${merged.body.data.id}`),
    await blind.get(`/operations/${merged.body.data.id}/items`),
    await blind.get(`/tickets/${from.id}/timeline`),
    await blind.get(`/tickets/${into.id}/timeline`),
  ];
  for (const { status, text } of seen) {
    expect([status, text]).toEqual([200, expect.not.stringMatching(note.id)]);
    expect(text).not.toMatch(/"messages":|"messageIds":/);
  }
  const told = await acme.owner.get(`/operations/${merged.body.data.id}`);
  expect(told.body.data.result).toMatchObject({ messages: 2 });
  const timeline = await acme.owner.get(`/tickets/${from.id}/timeline`);
  expect(timeline.text).toContain(note.id);
});

it('they may leave one, and see it no more than others', async () => {
  const { body, status } = await blind.post(`/tickets/${id}/messages`, {
    kind: 'note',
    body: 'From outside.',
  });

  expect(status).toBe(201);
  const seen = await blind.get(`/tickets/${id}/messages`);
  expect(seen.body.data.map((one: { id: string }) => one.id)).not.toContain(body.data.id);
  const all = await acme.owner.get(`/tickets/${id}/messages`);
  expect(all.body.total).toBe(5);
});
