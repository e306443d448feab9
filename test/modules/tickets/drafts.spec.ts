import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { MailedTicket } from '../../support/desk.js';

const { given, clock } = await useApp();
const acme = await given.organization();
const globex = await given.organization('Globex');
const ada = await acme.user('agent', 'Ada Agent');
const bob = await acme.user('agent', 'Bob Agent');

type By = typeof ada;
const keep = (
  id: string,
  content: object | string,
  by: By = ada,
  version?: number | string,
  kind = 'reply',
) =>
  by.put(
    `/tickets/${id}/drafts/${kind}`,
    typeof content === 'string' ? { html: content } : content,
    version === undefined ? {} : { headers: { 'if-match': `"${version}"` } },
  );
const draftsOf = async (id: string, by: By = ada) =>
  expectStatus(await by.get(`/tickets/${id}/drafts`), 200).body.data;
const upload = async (): Promise<string> => {
  const headers = { 'content-type': 'text/plain' };
  const answer = await ada.post('/attachments?name=log.txt', Buffer.from('All is well.'), {
    headers,
  });
  return expectStatus(answer, 201).body.data.id;
};

afterEach(() => clock.reset());

describe('a draft', () => {
  it('is kept for its writer, one of each kind, cleaned', async () => {
    const { id } = await acme.ticket();
    const file = await upload();
    const content = {
      html: '<p>Dear <script>x</script>Rita</p>',
      cc: ['boss@customer.example'],
      bcc: [],
      attachmentIds: [file],
    };

    const put = await keep(id, content);
    const note = await keep(id, { html: 'Hm', mentions: [bob.user.id] }, ada, undefined, 'note');

    expect(put.status).toBe(200);
    expect(put.body.data).toEqual({
      kind: 'reply',
      html: '<p>Dear Rita</p>',
      cc: ['boss@customer.example'],
      bcc: [],
      mentions: [],
      attachments: [expect.objectContaining({ id: file, name: 'log.txt' })],
      version: expect.any(Number),
      updatedAt: expect.any(String),
    });
    expect(put.headers.etag).toBe(`"${put.body.data.version}"`);
    expect(note.body.data.cc).toBeNull();
    expect(await draftsOf(id)).toEqual([put.body.data, note.body.data]);
    expect(await draftsOf(id, bob)).toEqual([]);
    expect(await draftsOf(id, acme.owner)).toEqual([]);
  });

  it('keeps the words of HTML that is built too oddly to be cleaned', async () => {
    const { id } = await acme.ticket();

    const { body } = await keep(id, `${'<div>'.repeat(3_000)}Pasted &amp; precious`);

    expect(body.data.html).toBe('<p>Pasted &amp; precious</p>');
  });

  it('is told to nobody: the log has nothing of it', async () => {
    const { id } = await acme.ticket();
    const before = await acme.events();

    await keep(id, 'SECRET-THOUGHTS');
    await ada.delete(`/tickets/${id}/drafts/reply`);

    expect(await acme.events()).toEqual(before);
  });

  it('is in the list of its writer, the newest first, with its first words', async () => {
    const cleo = await acme.user('agent', 'Cleo Agent');
    const tickets = [await acme.ticket({ subject: 'One' }), await acme.ticket({ subject: 'Two' })];
    await keep(tickets[0]!.id, `<p>Hello</p><p>${'word '.repeat(100)}</p>`, cleo);
    clock.advance(1_000);
    await keep(tickets[1]!.id, 'Short', cleo, undefined, 'note');

    const { body } = await cleo.get('/me/drafts');
    const first = await cleo.get('/me/drafts?limit=1');
    const rest = await cleo.get(`/me/drafts?limit=1&cursor=${first.body.nextCursor}`);

    expect(body).toMatchObject({ total: 2, nextCursor: null });
    expect(body.data[0]).toEqual({
      ticketId: tickets[1]!.id,
      number: tickets[1]!.number,
      subject: 'Two',
      kind: 'note',
      excerpt: 'Short',
      updatedAt: expect.any(String),
    });
    expect(body.data[1].excerpt).toMatch(/^Hello word word .{170,}…$/);
    expect([...first.body.data, ...rest.body.data]).toEqual(body.data);
    expect((await bob.get('/me/drafts')).body.data).toEqual([]);
  });

  it('is thrown away, quietly also when it is gone', async () => {
    const { id } = await acme.ticket();
    await keep(id, 'Never mind');

    for (let time = 0; time < 2; time += 1)
      expect((await ada.delete(`/tickets/${id}/drafts/reply`)).status).toBe(200);

    expect(await draftsOf(id)).toEqual([]);
  });
});

describe('two windows with one draft', () => {
  it('do not write over each other: the second is shown both', async () => {
    const { id } = await acme.ticket();
    const first = (await keep(id, '<p>One</p>')).body.data;
    const second = (await keep(id, '<p>Two</p>', ada, first.version)).body.data;
    expect(second.version).toBe(first.version + 1);

    const { status, body } = await keep(id, '<p>Three</p>', ada, first.version);

    expect([status, body.error.code]).toEqual([412, 'edit.conflict']);
    expect(body.error.details).toEqual({
      conflicts: [{ field: 'html', yours: '<p>Three</p>', theirs: '<p>Two</p>' }],
      etag: `"${second.version}"`,
    });
    expect((await draftsOf(id))[0].html).toBe('<p>Two</p>');
    expect((await keep(id, '<p>Three</p>', ada, second.version)).status).toBe(200);
  });

  it('are in no conflict when they say the same', async () => {
    const { id } = await acme.ticket();
    const first = (await keep(id, 'One')).body.data;
    const second = (await keep(id, 'Two', ada, first.version)).body.data;

    const same = await keep(id, 'Two', ada, first.version);

    expect(same.body.data).toEqual(second);
  });

  it('find that it was sent: an old window revives nothing, nor writes over the next one', async () => {
    const { id } = await acme.ticket();
    const old = (await keep(id, 'One')).body.data;
    expectStatus(
      await ada.post(`/tickets/${id}/messages`, { kind: 'reply', html: 'One', fromDraft: true }),
      201,
    );

    const revived = await keep(id, 'One', ada, old.version);
    clock.advance(2_000);
    const next = (await keep(id, 'A new thought', ada, 0)).body.data;
    const over = await keep(id, 'One', ada, old.version);

    expect(revived.status).toBe(412);
    expect(revived.body.error.details).toEqual({
      conflicts: [{ field: 'html', yours: 'One', theirs: null }],
      etag: '"0"',
    });
    expect(over.status).toBe(412);
    expect(await draftsOf(id)).toEqual([next]);
    expect((await keep(id, 'Another', ada, 0)).status).toBe(412);
  });

  it('begin at once: one draft stands', async () => {
    const { id } = await acme.ticket();

    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((text) => keep(id, text, ada, 0)));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
    expect(await draftsOf(id)).toHaveLength(1);
  });
});

describe('what happens to the ticket', () => {
  it('leaves a draft as it is: a colleague’s reply, edit, merge of states, the customer’s mail', async () => {
    const ticket = await MailedTicket.open(acme);
    const { id } = ticket;
    const mine = (await keep(id, '<p>Half a thought</p>')).body.data;
    const theirs = (await keep(id, 'Of Bob', bob)).body.data;

    await bob.post(`/tickets/${id}/messages`, {
      kind: 'reply',
      body: 'I was faster.',
      fromDraft: true,
    });
    await bob.patch(`/tickets/${id}`, { subject: 'Other', tags: ['x'] });
    await bob.put(`/tickets/${id}/assignment`, { assigneeId: bob.user.id });
    await bob.put(`/tickets/${id}/closure`);
    await ticket.customerWrites();
    await bob.delete(`/tickets/${id}/drafts/reply`);

    expect(await draftsOf(id)).toEqual([mine]);
    expect(await draftsOf(id, bob)).toEqual([]);
    expect(theirs.html).toBe('Of Bob');
  });
});

describe('sending a draft', () => {
  it('twice says it once: the second finds it gone', async () => {
    const { id } = await acme.ticket();
    await keep(id, 'Only once');
    const reply = { kind: 'reply', html: 'Only once', fromDraft: true };

    const answers = await Promise.all(
      [1, 2, 3].map(() => ada.post(`/tickets/${id}/messages`, reply)),
    );

    const byStatus = answers.toSorted((a, b) => a.status - b.status);
    expect(byStatus.map(({ status }) => status)).toEqual([201, 409, 409]);
    expect(byStatus[1]!.body.error.code).toBe('draft.gone');
    const { body } = await ada.get(`/tickets/${id}/messages`);
    expect(body.total).toBe(2);
    expect(await draftsOf(id)).toEqual([]);
  });

  it('takes its files along, and leaves the draft of the other kind and of others', async () => {
    const { id } = await acme.ticket();
    const file = await upload();
    await keep(id, { html: 'With a file', attachmentIds: [file] });
    const note = (await keep(id, 'A note', ada, undefined, 'note')).body.data;
    const bobs = (await keep(id, 'Of Bob', bob)).body.data;

    const sent = await ada.post(`/tickets/${id}/messages`, {
      kind: 'reply',
      html: 'With a file',
      attachmentIds: [file],
      fromDraft: true,
    });

    expect(sent.body.data.attachments).toEqual([expect.objectContaining({ id: file })]);
    expect(await draftsOf(id)).toEqual([note]);
    expect(await draftsOf(id, bob)).toEqual([bobs]);
  });

  it('that is refused leaves the draft', async () => {
    const ticket = await MailedTicket.open(acme);
    const draft = (await keep(ticket.id, 'Yes')).body.data;
    await ticket.customerWrites();

    const answer = await ada.post(`/tickets/${ticket.id}/messages`, {
      kind: 'reply',
      html: 'Yes',
      fromDraft: true,
      lastSeenMessageId: ticket.firstMessageId,
    });

    expect(answer.body.error.code).toBe('ticket.customer_wrote');
    expect(await draftsOf(ticket.id)).toEqual([draft]);
  });
});

describe('drafts are refused', () => {
  it('on a ticket of another organization, as on none', async () => {
    const { id } = await acme.ticket();
    await keep(id, 'Mine');

    for (const answer of [
      await keep(id, 'x', globex.owner),
      await globex.owner.get(`/tickets/${id}/drafts`),
    ])
      expect([answer.status, answer.body.error.code]).toEqual([404, 'ticket.not_found']);
    expect((await keep(id, 'x', globex.owner, 7)).status).toBe(404);
    await globex.owner.delete(`/tickets/${id}/drafts/reply`);
    expect(await draftsOf(id)).toHaveLength(1);
  });

  it('to programs, and of another kind', async () => {
    const { id } = await acme.ticket();
    const key = await acme.apiKey(['tickets:read', 'tickets:write']);

    for (const path of [`/tickets/${id}/drafts`, '/me/drafts']) {
      const { body } = await key.get(path);
      expect(body.error.code).toBe('auth.people_only');
    }
    expect((await ada.put(`/tickets/${id}/drafts/poem`, { html: 'x' })).status).toBe(400);
  });
});
