import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { merge, saidOn, storedMessages, ticketNow, ticketWith, undo } from './desk.js';

const { given, database } = await useApp();
const acme = await given.organization();
const globex = await given.organization('Globex');
const viewer = await acme.user('viewer');

async function messageIdsOf(ticketId: string): Promise<string[]> {
  const { body } = await acme.owner.get(`/tickets/${ticketId}/messages`);
  return body.data.map(({ id }: { id: string }) => id);
}

async function split(ticketId: string, messageIds: string[], subject?: string): Promise<any> {
  const body = { messageIds, ...(subject !== undefined && { subject }) };
  return expectStatus(await acme.owner.post(`/tickets/${ticketId}/splits`, body), 201).body.data;
}

describe('a split', () => {
  it('makes a ticket of some messages, which say where they came from', async () => {
    const ticket = await ticketWith(acme, 's1', ['one', 'two', 'three']);
    await acme.owner.patch(`/tickets/${ticket.id}`, { tags: ['vip'], priority: 'high' });
    const ids = await messageIdsOf(ticket.id);
    const seq = (await acme.events()).at(-1).seq;

    const made = await split(ticket.id, [ids[3]!, ids[1]!], 'Another matter');

    expect(made.ticket).toMatchObject({
      ...{ subject: 'Another matter', status: 'open', priority: 'high', tags: ['vip'] },
      ...{ messageCount: 2, requester: { email: 's1@customer.example' }, cc: [] },
    });
    expect(made.operation).toMatchObject({
      ...{ kind: 'split', status: 'done', total: 1, done: 1, canUndo: true },
      result: { ticketId: made.ticket.id, number: made.ticket.number, messages: 2 },
    });
    expect(await saidOn(acme, ticket.id)).toEqual(['s1 asks', 'two']);
    expect(await saidOn(acme, made.ticket.id)).toEqual(['one', 'three']);
    expect((await ticketNow(acme, ticket.id)).messageCount).toBe(2);
    const moved = await storedMessages(database, acme.id);
    expect(moved.filter((it) => it.ticketId === made.ticket.id).map((it) => it.originId)).toEqual([
      ticket.id,
      ticket.id,
    ]);
    const events = await acme.events(seq);
    expect(events.map(({ type, subject }) => [type, subject.id])).toEqual([
      ['ticket.created', made.ticket.id],
      ['ticket.split', ticket.id],
      ['operation.finished', made.operation.id],
    ]);
    expect(events[1].data).toMatchObject({
      ...{ newId: made.ticket.id, newNumber: made.ticket.number, messageIds: [ids[1], ids[3]] },
    });
  });

  it('is of whoever asked in the messages', async () => {
    const [a, b] = [await ticketWith(acme, 'who1'), await ticketWith(acme, 'who2')];
    await merge(acme, a.id, b.id);
    const [, second] = await messageIdsOf(a.id);

    const { ticket } = await split(a.id, [second!]);

    expect(ticket.requester.email).toBe('who2@customer.example');
    expect(ticket.subject).toBe(a.subject);
  });

  it('leaves something behind', async () => {
    const ticket = await ticketWith(acme, 'all', ['one']);
    const answer = await acme.owner.post(`/tickets/${ticket.id}/splits`, {
      messageIds: await messageIdsOf(ticket.id),
    });

    expect([answer.status, answer.body.error.code]).toEqual([409, 'ticket.split_all']);
    expect((await ticketNow(acme, ticket.id)).messageCount).toBe(2);
  });

  it('of one message by two at once is one ticket', async () => {
    const ticket = await ticketWith(acme, 'race', ['one']);
    const [, note] = await messageIdsOf(ticket.id);
    const body = { messageIds: [note] };

    const answers = await Promise.all(
      [1, 2].map(() => acme.owner.post(`/tickets/${ticket.id}/splits`, body)),
    );

    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 404]);
    expect((await ticketNow(acme, ticket.id)).messageCount).toBe(1);
  });

  it('knows the messages of its own ticket alone', async () => {
    const [ours, other] = [
      await ticketWith(acme, 'k1', ['n']),
      await ticketWith(acme, 'k2', ['n']),
    ];
    const theirs = await ticketWith(globex, 'k3');
    const { body } = await globex.owner.get(`/tickets/${theirs.id}/messages`);
    const foreign = body.data[0].id;
    const [ofOther] = await messageIdsOf(other.id);

    const answers = [];
    for (const id of [foreign, ofOther, '01900000-0000-7000-8000-000000000001'])
      answers.push(await acme.owner.post(`/tickets/${ours.id}/splits`, { messageIds: [id] }));
    const into = await acme.owner.post(`/tickets/${theirs.id}/splits`, { messageIds: [foreign] });

    expect(answers.map(({ body: it }) => it.error.code)).toEqual(
      Array(3).fill('message.not_found'),
    );
    expect(into.body.error.code).toBe('ticket.not_found');
    const refused = await viewer.post(`/tickets/${ours.id}/splits`, { messageIds: [ofOther] });
    expect(refused.status).toBe(403);
  });

  it.each([{}, { messageIds: [] }, { messageIds: ['x'] }, { messageIds: 'x' }])(
    'refuses %j',
    async (body) => {
      const ticket = await ticketWith(acme, 'bad');
      expect((await acme.owner.post(`/tickets/${ticket.id}/splits`, body)).status).toBe(400);
    },
  );
});

describe('undoing a split', () => {
  it('puts the messages back, with what was said since, and the new ticket goes on in the old one', async () => {
    const ticket = await ticketWith(acme, 'b1', ['one', 'two']);
    const ids = await messageIdsOf(ticket.id);
    const made = await split(ticket.id, [ids[1]!]);
    await acme.message(made.ticket.id, 'note', 'since');

    const answer = await undo(acme, made.operation.id);

    expect(answer.body.data.status).toBe('undone');
    expect(await saidOn(acme, ticket.id)).toEqual(['b1 asks', 'one', 'two', 'since']);
    expect(await ticketNow(acme, made.ticket.id)).toMatchObject({
      ...{ status: 'closed', mergedIntoId: ticket.id, messageCount: 0 },
    });
    const origins = (await storedMessages(database, acme.id)).filter(
      (it) => it.ticketId === ticket.id && it.originId !== null,
    );
    expect(origins.map(({ body, originId }) => [body, originId])).toEqual([
      ['since', made.ticket.id],
    ]);
  });

  it('is refused when one of the two was merged since', async () => {
    const ticket = await ticketWith(acme, 'c1', ['one']);
    const [, note] = await messageIdsOf(ticket.id);
    const made = await split(ticket.id, [note!]);
    const other = await ticketWith(acme, 'c2');
    const merged = await merge(acme, other.id, made.ticket.id);

    const refused = await undo(acme, made.operation.id);

    expect(refused.body.error).toMatchObject({
      code: 'operation.conflict',
      details: { conflicts: [{ ticketId: made.ticket.id, field: 'mergedIntoId', now: other.id }] },
    });
    await undo(acme, merged.id);
    expect((await undo(acme, made.operation.id)).status).toBe(200);
    expect(await saidOn(acme, ticket.id)).toEqual(['c1 asks', 'one']);
  });
});
