import { runInContext } from '#core/context/context.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { MessageDto } from '#modules/tickets/dto/message.dto.js';
import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { MailedTicket, personWith } from '../../support/desk.js';

const running = await useApp();
const { given } = running;
const acme = await given.organization();
const globex = await given.organization('Globex');
const ada = await acme.user('agent', 'Ada Agent');
const NOBODY = '00000000-0000-4000-8000-000000000000';

const messagesOf = async (ticketId: string): Promise<MessageDto[]> =>
  expectStatus(await ada.get(`/tickets/${ticketId}/messages?limit=100`), 200).body.data;
const send = (ticketId: string, message: object, by = ada) =>
  by.post(`/tickets/${ticketId}/messages`, { kind: 'reply', ...message });
const upload = async (by = ada): Promise<string> => {
  const headers = { 'content-type': 'text/plain' };
  const answer = await by.post('/attachments?name=log.txt', Buffer.from('All is well.'), {
    headers,
  });
  return expectStatus(answer, 201).body.data.id;
};

describe('a message in HTML', () => {
  it('is cleaned, and its plain text is made from it', async () => {
    const { id } = await acme.ticket();
    const html = '<p onclick="x()">Turn it <b>off</b>.<script>alert(1)</script></p><p>Then on.</p>';

    const { body } = await send(id, { html });

    expect(body.data.html).toBe('<p>Turn it <b>off</b>.</p><p>Then on.</p>');
    expect(body.data.body).toMatch(/^Turn it off\.\s+Then on\.$/);
    expect((await messagesOf(id)).at(-1)).toEqual(body.data);
  });

  it.each([
    ['html', { html: '<p> <br></p>' }],
    ['html', { html: '<script>x</script>' }],
    ['body', {}],
    ['mentions', { body: 'x', mentions: [] }],
    ['cc', { kind: 'note', body: 'x', cc: [] }],
    ['bcc', { kind: 'note', body: 'x', bcc: ['a@b.example'] }],
    ['cc', { body: 'x', cc: ['not an address'] }],
    ['fromDraft', { body: 'x', fromDraft: false }],
    ['status', { body: 'x', status: 'closed' }],
    ['attachmentIds', { body: 'x', attachmentIds: ['x'] }],
  ])('names %s when it is wrong', async (field, message) => {
    const { id } = await acme.ticket();

    const answer = await send(id, message);

    expect(answer.status).toBe(400);
    expect(answer.body.error.details).toEqual([{ field, problem: expect.any(String) }]);
    expect(await messagesOf(id)).toHaveLength(1);
  });
});

describe('copies of a reply', () => {
  it('go to the addresses that are said, else to those of the ticket', async () => {
    const { id } = await acme.ticket();
    expectStatus(await ada.patch(`/tickets/${id}`, { cc: ['boss@customer.example'] }), 200);

    const usual = await send(id, { body: 'To all.', bcc: ['Audit@acme.example'] });
    const own = await send(id, {
      body: 'To some.',
      cc: ['IT@customer.example', 'it@customer.example'],
    });
    const none = await send(id, { body: 'To one.', cc: [] });

    expect(usual.body.data).toMatchObject({
      cc: ['boss@customer.example'],
      bcc: ['audit@acme.example'],
    });
    expect(own.body.data.cc).toEqual(['it@customer.example']);
    expect(none.body.data.cc).toEqual([]);
    const note = await send(id, { kind: 'note', body: 'For us.' });
    expect(note.body.data.cc).toEqual([]);
  });
});

describe('files', () => {
  it('come with their message, or nothing does', async () => {
    const { id } = await acme.ticket();
    const file = await upload();

    const sent = await send(id, { body: 'See the log.', attachmentIds: [file] });
    const again = await send(id, { body: 'See it again.', attachmentIds: [file] });

    expect(sent.body.data.attachments).toEqual([
      expect.objectContaining({ id: file, name: 'log.txt', size: 12 }),
    ]);
    expect(again.body.error.code).toBe('attachment.in_use');
    const messages = await messagesOf(id);
    expect(messages.map(({ attachments }) => attachments.length)).toEqual([0, 1]);
    expect(messages[1]).toEqual(sent.body.data);
  });

  it('of somebody else, of another organization and of nobody are the same', async () => {
    const { id } = await acme.ticket();
    for (const file of [await upload(acme.owner), await upload(globex.owner), NOBODY]) {
      const answer = await send(id, { body: 'Look.', attachmentIds: [file] });
      expect([answer.status, answer.body.error.code]).toEqual([404, 'attachment.not_found']);
    }
    expect(await messagesOf(id)).toHaveLength(1);
  });
});

describe('a reply that the customer has crossed', () => {
  it('is refused with what they wrote, and nothing is written', async () => {
    const ticket = await MailedTicket.open(acme);
    const lastSeenMessageId = ticket.firstMessageId;
    const wrote = await ticket.customerWrites();
    const before = await acme.events();

    const plain = await send(ticket.id, { body: 'Yes.', lastSeenMessageId });
    const file = await upload();
    const full = await send(ticket.id, {
      html: '<p>Yes.</p>',
      lastSeenMessageId,
      attachmentIds: [file],
      status: 'solved',
    });

    for (const answer of [plain, full]) {
      expect([answer.status, answer.body.error.code]).toEqual([409, 'ticket.customer_wrote']);
      expect(answer.body.error.details).toEqual({ messageIds: [wrote] });
    }
    expect(await messagesOf(ticket.id)).toHaveLength(2);
    const after = (await acme.events()).slice(before.length).map(({ type }) => type);
    expect(after).toEqual(['attachment.uploaded']);
    expect((await send(ticket.id, { body: 'Yes.', lastSeenMessageId: wrote })).status).toBe(201);
  });

  it('is not refused for what a colleague wrote', async () => {
    const ticket = await MailedTicket.open(acme);
    await acme.message(ticket.id, 'reply');
    await acme.message(ticket.id, 'note');

    const { status } = await send(ticket.id, {
      body: 'Yes.',
      lastSeenMessageId: ticket.firstMessageId,
    });

    expect(status).toBe(201);
  });

  it('is never sent when both happen at once, however close', async () => {
    for (let round = 0; round < 8; round += 1) {
      const ticket = await MailedTicket.open(acme);
      const reply = { body: 'Yes.', lastSeenMessageId: ticket.firstMessageId };

      const [wrote, answer] = await Promise.all([ticket.customerWrites(), send(ticket.id, reply)]);

      const ids = (await messagesOf(ticket.id)).map(({ id }) => id);
      if (answer.status === 201)
        expect(ids).toEqual(expect.arrayContaining([wrote, answer.body.data.id]));
      else {
        expect(answer.body.error.details).toEqual({ messageIds: [wrote] });
        expect(ids).toEqual([ticket.firstMessageId, wrote]);
      }
    }
  });

  it('takes no message of another ticket for the last one seen', async () => {
    const { id } = await acme.ticket();
    const other = await acme.message((await acme.ticket()).id, 'reply');
    const theirs = await globex.message((await globex.ticket()).id, 'reply');
    const elsewhere = await send(id, { body: 'x', lastSeenMessageId: other.id });
    expect(elsewhere.body.error.code).toBe('ticket.messages_moved');
    for (const lastSeenMessageId of [theirs.id, NOBODY]) {
      const answer = await send(id, { body: 'x', lastSeenMessageId });
      expect(answer.body.error.details).toEqual([
        { field: 'lastSeenMessageId', problem: expect.any(String) },
      ]);
    }
  });
});

describe('a reply', () => {
  it('takes the ticket to a state, both or neither', async () => {
    const { id } = await acme.ticket();
    const count = async (): Promise<number> => (await messagesOf(id)).length;

    const solved = await send(id, { body: 'Done.', status: 'solved' });
    const foreign = await send(id, { body: 'Done.', stateId: NOBODY });

    expect(solved.status).toBe(201);
    expect((await ada.get(`/tickets/${id}`)).body.data.status).toBe('solved');
    const told = (await acme.events()).slice(-2).map(({ type }) => type);
    expect(told).toEqual(['ticket.replied', 'ticket.updated']);
    expect(foreign.status).toBe(404);
    expect(await count()).toBe(2);
  });

  it('goes to no ticket that was merged away, and says where to', async () => {
    const [target, gone] = [await acme.ticket(), await acme.ticket()];
    await runInContext({ requestId: 'test', organizationId: acme.id }, () =>
      running.get(TenantDb).client.ticket.updateMany({
        where: { id: gone.id },
        data: { mergedIntoId: target.id },
      }),
    );

    for (const message of [{ body: 'x' }, { kind: 'note', html: 'x', status: 'solved' }]) {
      const { status, body } = await send(gone.id, message);
      expect([status, body.error.code]).toEqual([409, 'ticket.merged']);
      expect(body.error.details).toEqual({ mergedIntoId: target.id, number: target.number });
    }
    expect((await ada.get(`/tickets/${gone.id}`)).body.data.messageCount).toBe(1);
  });

  it('is lost to no other, when ten come at once', async () => {
    const { id } = await acme.ticket();
    const [{ id: lastSeenMessageId }] = (await messagesOf(id)) as [MessageDto];

    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        send(id, { body: `Reply ${n}`, ...(n % 2 === 0 && { lastSeenMessageId }) }),
      ),
    );

    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 201));
    expect((await messagesOf(id)).map(({ body }) => body).sort()).toEqual(
      [...Array.from({ length: 10 }, (_, n) => `Reply ${n}`), 'It says PC LOAD LETTER.'].sort(),
    );
    expect((await ada.get(`/tickets/${id}`)).body.data.messageCount).toBe(11);
    const told = (await acme.events()).filter(({ subject }) => subject.id === id);
    expect(told.filter(({ type }) => type === 'ticket.replied')).toHaveLength(10);
  });
});

describe('a mention', () => {
  it('names people who may read the note, each once', async () => {
    const { id } = await acme.ticket();
    const bob = await acme.user('viewer', 'Bob Viewer');
    const mentions = [bob.user.id, acme.owner.user.id, bob.user.id];

    const { body } = await send(id, { kind: 'note', body: 'Look.', mentions });

    const named = [
      { id: bob.user.id, name: 'Bob Viewer' },
      { id: acme.owner.user.id, name: 'Olga Owner' },
    ];
    expect(body.data.mentions).toEqual(named);
    expect((await messagesOf(id)).at(-1)!.mentions).toEqual(named);
  });

  it('of who is not here, has left or may not read is refused, saying why', async () => {
    const { id } = await acme.ticket();
    const left = await acme.user('agent');
    const shut = await acme.user('agent');
    await acme.owner.delete(`/users/${left.user.id}`);
    await acme.owner.put(`/users/${shut.user.id}/deactivation`);
    const blind = await personWith(acme, ['tickets:read', 'tickets:write']);

    const cases: [string, string][] = [
      [left.user.id, 'not_here'],
      [shut.user.id, 'not_here'],
      [globex.owner.user.id, 'not_here'],
      [NOBODY, 'not_here'],
      [blind.user.id, 'may_not_read'],
    ];
    for (const [person, problem] of cases) {
      const mentions = [acme.owner.user.id, person];
      const { status, body } = await send(id, { kind: 'note', body: 'Look.', mentions });
      expect([status, body.error.code]).toEqual([400, 'message.mention_refused']);
      expect(body.error.details).toEqual({ mentions: [{ id: person, problem }] });
    }
    expect(await messagesOf(id)).toHaveLength(1);
  });
});
