import { useApp } from '../../support/app.js';
import { merge, saidOn, storedMessages, ticketNow, ticketWith, undo } from './desk.js';

const { given, clock, database } = await useApp();
const acme = await given.organization();
const globex = await given.organization('Globex');

afterEach(() => clock.reset());

async function chainOfThree(who: string): Promise<any[]> {
  const tickets = [];
  for (const at of [1, 2, 3]) tickets.push(await ticketWith(acme, `${who}${at}`));
  return tickets;
}

async function status(id: string): Promise<unknown[]> {
  const { status: is, mergedIntoId, messageCount } = await ticketNow(acme, id);
  return [is, mergedIntoId, messageCount];
}

describe('undoing a merge', () => {
  it('gives each ticket its messages, its state and its readers back', async () => {
    const target = await ticketWith(acme, 'u1');
    const [one, two] = [await ticketWith(acme, 'u2', ['a note']), await ticketWith(acme, 'u3')];
    await acme.owner.patch(`/tickets/${one.id}`, { status: 'pending' });
    await acme.owner.put(`/tickets/${two.id}/closure`);
    const before = await Promise.all([one, two].map(({ id }) => ticketNow(acme, id)));
    const { id } = await merge(acme, target.id, one.id, two.id);
    await acme.message(target.id, 'note', 'said after');
    const seq = (await acme.events()).at(-1).seq;

    const answer = await undo(acme, id);

    expect(answer.body.data).toMatchObject({
      ...{ status: 'undone', canUndo: false, undoneAt: expect.any(String) },
    });
    expect(await saidOn(acme, target.id)).toEqual(['u1 asks', 'said after']);
    expect(await saidOn(acme, one.id)).toEqual(['u2 asks', 'a note']);
    const after = await Promise.all([one, two].map(({ id: it }) => ticketNow(acme, it)));
    const same = ({ version: _, updatedAt: __, ...rest }: any): object => rest;
    expect(after.map(same)).toEqual(before.map(same));
    expect((await ticketNow(acme, target.id)).cc).toEqual([]);
    const origins = (await storedMessages(database, acme.id)).filter((it) => it.originId !== null);
    expect(origins).toEqual([]);
    const events = await acme.events(seq);
    expect(events.map(({ type, subject }) => [type, subject.id])).toEqual([
      ['ticket.unmerged', one.id],
      ['ticket.unmerged', two.id],
      ['ticket.unmerged', target.id],
      ['operation.undone', id],
    ]);
    expect(events[0].changes).toEqual({
      ...{ status: ['closed', 'pending'], mergedIntoId: [target.id, null] },
      stateId: [expect.any(String), before[0].stateId],
    });
  });

  it('is quiet the second time, and by two at once is one', async () => {
    const [a, b] = [await ticketWith(acme, 'q1'), await ticketWith(acme, 'q2')];
    const { id } = await merge(acme, a.id, b.id);
    const seq = (await acme.events()).at(-1).seq;

    const answers = await Promise.all([undo(acme, id), undo(acme, id)]);
    const third = await undo(acme, id);

    expect([...answers, third].map(({ body }) => body.data.status)).toEqual(
      Array(3).fill('undone'),
    );
    const types = (await acme.events(seq)).map(({ type }) => type);
    expect(types.filter((type) => type === 'operation.undone')).toHaveLength(1);
  });

  it('lets a ticket be merged again', async () => {
    const [a, b] = [await ticketWith(acme, 'again1'), await ticketWith(acme, 'again2')];
    await undo(acme, (await merge(acme, a.id, b.id)).id);

    await merge(acme, b.id, a.id);

    expect(await saidOn(acme, b.id)).toEqual(['again1 asks', 'again2 asks']);
  });

  it('works in the middle of a chain, and its customer reads along no more', async () => {
    const [a, b, c] = await chainOfThree('mid');
    const first = await merge(acme, b.id, a.id);
    await merge(acme, c.id, b.id);
    expect((await ticketNow(acme, c.id)).cc).toEqual([
      'mid2@customer.example',
      'mid1@customer.example',
    ]);

    await undo(acme, first.id);

    expect(await saidOn(acme, a.id)).toEqual(['mid1 asks']);
    expect(await saidOn(acme, c.id)).toEqual(['mid2 asks', 'mid3 asks']);
    expect(await status(a.id)).toEqual(['open', null, 1]);
    expect(await status(b.id)).toEqual(['closed', c.id, 0]);
    expect((await ticketNow(acme, c.id)).cc).toEqual(['mid2@customer.example']);
    expect((await ticketNow(acme, b.id)).cc).toEqual([]);
  });

  it.each([
    ['the first and then the second', [0, 1]],
    ['the second and then the first', [1, 0]],
  ])('of two of a chain works: %s', async (name, order) => {
    const [a, b, c] = await chainOfThree(`either-${name.slice(4, 5)}`);
    const operations = [await merge(acme, b.id, a.id), await merge(acme, c.id, b.id)];

    for (const at of order) expect((await undo(acme, operations[at].id)).status).toBe(200);

    for (const it of [a, b, c]) {
      expect(await status(it.id)).toEqual(['open', null, 1]);
      expect(await saidOn(acme, it.id)).toHaveLength(1);
      expect((await ticketNow(acme, it.id)).cc).toEqual([]);
    }
  });

  it('keeps a reader who is there for another reason', async () => {
    const target = await ticketWith(acme, 'stay1');
    const [one, other] = [await ticketWith(acme, 'stay2'), await ticketWith(acme, 'stay2')];
    const { id } = await merge(acme, target.id, one.id);
    await merge(acme, target.id, other.id);

    await undo(acme, id);

    expect((await ticketNow(acme, target.id)).cc).toEqual(['stay2@customer.example']);
  });

  it('is refused while a message that it moved is split off, and works when that is undone', async () => {
    const [a, b] = [await ticketWith(acme, 's1'), await ticketWith(acme, 's2', ['the note'])];
    const { id } = await merge(acme, a.id, b.id);
    const [note] = (await acme.owner.get(`/tickets/${a.id}/messages`)).body.data.slice(-1);
    const split = await acme.owner.post(`/tickets/${a.id}/splits`, { messageIds: [note.id] });

    const refused = await undo(acme, id);

    expect(refused.status).toBe(409);
    expect(refused.body.error).toMatchObject({
      code: 'operation.conflict',
      details: {
        conflicts: [
          {
            ...{ ticketId: b.id, number: b.number, field: 'messages' },
            ...{ before: b.id, after: a.id, now: split.body.data.ticket.id },
          },
        ],
        total: 1,
      },
    });
    expect(await status(b.id)).toEqual(['closed', a.id, 0]);
    expect((await undo(acme, split.body.data.operation.id)).status).toBe(200);
    expect((await undo(acme, id)).status).toBe(200);
    expect(await saidOn(acme, b.id)).toEqual(['s2 asks', 'the note']);
  });

  it('is possible for thirty days', async () => {
    const [a, b] = [await ticketWith(acme, 't1'), await ticketWith(acme, 't2')];
    const { id, undoUntil } = await merge(acme, a.id, b.id);
    expect(Date.parse(undoUntil) - clock.now().getTime()).toBeGreaterThan(29.9 * 86_400_000);
    clock.set(new Date(Date.parse(undoUntil) + 1));

    const token = await acme.user('agent');
    const late = await token.put(`/operations/${id}/undoing`);

    expect(late.status).toBe(409);
    expect(late.body.error).toMatchObject({ code: 'operation.undo_over', details: { undoUntil } });
    expect((await token.get(`/operations/${id}`)).body.data.canUndo).toBe(false);
  });

  it('of another organization is not there', async () => {
    const [a, b] = [await ticketWith(acme, 'f1'), await ticketWith(acme, 'f2')];
    const { id } = await merge(acme, a.id, b.id);

    for (const answer of [
      await undo(globex, id),
      await globex.owner.get(`/operations/${id}`),
      await globex.owner.get(`/operations/${id}/items`),
    ]) {
      expect([answer.status, answer.body.error.code]).toEqual([404, 'operation.not_found']);
    }
    expect((await globex.owner.get('/operations')).body.data).toEqual([]);
    expect(await status(b.id)).toEqual(['closed', a.id, 0]);
  });
});

describe('operations', () => {
  it('are listed page by page, the newest first, with what they did', async () => {
    const initech = await given.organization('Initech');
    const ids = [];
    for (const at of [1, 2, 3]) {
      const [a, b] = [await ticketWith(initech, `l${at}`), await ticketWith(initech, `k${at}`)];
      ids.unshift((await merge(initech, a.id, b.id)).id);
    }
    const { owner } = initech;

    const first = await owner.get('/operations?limit=2&kind=merge');
    const second = await owner.get(`/operations?limit=2&cursor=${first.body.nextCursor}`);
    const none = await owner.get('/operations?kind=bulk');

    expect([...first.body.data, ...second.body.data].map(({ id }) => id)).toEqual(ids);
    expect([first.body.total, second.body.nextCursor]).toEqual([3, null]);
    expect(none.body.data).toEqual([]);
    const one = await owner.get(`/operations/${ids[0]}/items?limit=1`);
    const rest = await owner.get(`/operations/${ids[0]}/items?cursor=${one.body.nextCursor}`);
    expect(one.body.data).toMatchObject([{ position: 0, status: 'done', problem: null }]);
    expect(rest.body.data).toMatchObject([
      {
        ...{ position: 1, ticket: { subject: 'Of k3' }, status: 'done' },
        ...{ before: { status: 'open' }, after: { status: 'closed' } },
      },
    ]);
    expect((await owner.get(`/operations/${ids[0]}/items?status=failed`)).body.data).toEqual([]);
    expect((await owner.get(`/operations/${ids[0]}/items?cursor=bm8`)).status).toBe(400);
  });
});
