import { useApp } from '../../support/app.js';
import { merge, saidOn, storedMessages, ticketNow, ticketWith, undo } from './desk.js';

const { given, database } = await useApp();
const acme = await given.organization();
const globex = await given.organization('Globex');
const agent = await acme.user('agent');
const viewer = await acme.user('viewer');

async function originsOn(ticketId: string): Promise<(string | null)[]> {
  const messages = await storedMessages(database, acme.id);
  return messages.filter((it) => it.ticketId === ticketId).map(({ originId }) => originId);
}

describe('a merge', () => {
  it('moves every message in the order of its time and says where each came from', async () => {
    const target = await ticketWith(acme, 'm1', ['first note']);
    const [one, two] = [
      await ticketWith(acme, 'm2', ['second note']),
      await ticketWith(acme, 'm3'),
    ];
    await acme.message(target.id, 'note', 'last note');

    const operation = await merge(acme, target.id, one.id, two.id);

    expect(operation).toMatchObject({
      ...{ kind: 'merge', status: 'done', total: 2, done: 2, failed: 0, canUndo: true },
      result: { targetId: target.id, targetNumber: target.number, messages: 3 },
      actor: { type: 'user', id: acme.owner.user.id },
    });
    expect(await saidOn(acme, target.id)).toEqual([
      ...['m1 asks', 'first note', 'm2 asks', 'second note', 'm3 asks', 'last note'],
    ]);
    expect(await originsOn(target.id)).toEqual([null, null, one.id, one.id, two.id, null]);
    expect(await saidOn(acme, one.id)).toEqual([]);
    expect(await ticketNow(acme, target.id)).toMatchObject({
      ...{ status: 'open', messageCount: 6, mergedIntoId: null },
      cc: ['m2@customer.example', 'm3@customer.example'],
    });
    expect(await ticketNow(acme, one.id)).toMatchObject({
      ...{ status: 'closed', messageCount: 0, mergedIntoId: target.id },
      closedAt: expect.any(String),
    });
  });

  it('is told once for each ticket, with the operation', async () => {
    const [target, source] = [await ticketWith(acme, 'e1'), await ticketWith(acme, 'e2')];
    const seq = (await acme.events()).at(-1).seq;

    const { id } = await merge(acme, target.id, source.id);

    const events = await acme.events(seq);
    expect(events.map(({ type, subject }) => [type, subject.id])).toEqual([
      ['ticket.merged', source.id],
      ['ticket.merged', target.id],
      ['operation.finished', id],
    ]);
    expect(events.every(({ operationId }) => operationId === id)).toBe(true);
    expect(events[0]).toMatchObject({
      data: { number: source.number, intoId: target.id, intoNumber: target.number, messages: 1 },
      changes: { status: ['open', 'closed'], mergedIntoId: [null, target.id] },
    });
    expect(events[1].data).toMatchObject({ fromIds: [source.id], messages: 1 });
  });

  it('grows a chain at its end, and keeps the first origin', async () => {
    const [a, b, c] = [
      await ticketWith(acme, 'c1'),
      await ticketWith(acme, 'c2'),
      await ticketWith(acme, 'c3'),
    ];
    await merge(acme, b.id, a.id);
    await merge(acme, c.id, b.id);

    expect(await saidOn(acme, c.id)).toEqual(['c1 asks', 'c2 asks', 'c3 asks']);
    expect(await originsOn(c.id)).toEqual([a.id, b.id, null]);
    expect((await ticketNow(acme, a.id)).mergedIntoId).toBe(b.id);
    expect((await ticketNow(acme, b.id)).mergedIntoId).toBe(c.id);
  });

  it('is refused of and into a ticket that was merged, which is told', async () => {
    const [a, b, c] = [
      await ticketWith(acme, 'r1'),
      await ticketWith(acme, 'r2'),
      await ticketWith(acme, 'r3'),
    ];
    await merge(acme, b.id, a.id);
    const into = await acme.owner.post(`/tickets/${a.id}/merges`, { ticketIds: [c.id] });
    const of = await acme.owner.post(`/tickets/${c.id}/merges`, { ticketIds: [a.id] });
    const round = await acme.owner.post(`/tickets/${a.id}/merges`, { ticketIds: [b.id] });

    for (const answer of [into, of, round]) {
      expect(answer.status).toBe(409);
      expect(answer.body.error).toMatchObject({
        code: 'ticket.merged',
        details: { ticketId: a.id, number: a.number, mergedIntoId: b.id },
      });
    }
    expect(await saidOn(acme, c.id)).toEqual(['r3 asks']);
  });

  it('of A into B and of B into A at once is one of them; the other is refused and both can be answered', async () => {
    for (let round = 0; round < 4; round += 1) {
      const [a, b] = [await ticketWith(acme, `x${round}`), await ticketWith(acme, `y${round}`)];

      const answers = await Promise.all([
        acme.owner.post(`/tickets/${b.id}/merges`, { ticketIds: [a.id] }),
        agent.post(`/tickets/${a.id}/merges`, { ticketIds: [b.id] }),
      ]);

      expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
      expect(answers.find(({ status }) => status === 409)!.body.error.code).toBe('ticket.merged');
      const now = [await ticketNow(acme, a.id), await ticketNow(acme, b.id)];
      const open = now.filter(({ mergedIntoId }) => mergedIntoId === null);
      expect(open).toHaveLength(1);
      expect(open[0]).toMatchObject({ status: 'open', messageCount: 2 });
      const reply = { kind: 'reply', body: 'Here we are.' };
      expect((await acme.owner.post(`/tickets/${open[0].id}/messages`, reply)).status).toBe(201);
    }
  });

  it('by many in a ring at once leaves a chain with an end', async () => {
    const ring = await Promise.all(['1', '2', '3', '4'].map((it) => ticketWith(acme, `ring${it}`)));

    const answers = await Promise.all(
      ring.map(({ id }, at) =>
        acme.owner.post(`/tickets/${ring[(at + 1) % 4].id}/merges`, { ticketIds: [id] }),
      ),
    );

    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    const now = await Promise.all(ring.map(({ id }) => ticketNow(acme, id)));
    expect(now.some(({ mergedIntoId }) => mergedIntoId === null)).toBe(true);
    expect(now.reduce((sum, { messageCount }) => sum + messageCount, 0)).toBe(4);
    const merged = now.filter(({ mergedIntoId }) => mergedIntoId !== null);
    expect(merged).toHaveLength(answers.filter(({ status }) => status === 201).length);
    expect(merged.every(({ messageCount }) => messageCount === 0)).toBe(true);
  });

  it('loses no note that is written at the same moment', async () => {
    const [target, source] = [await ticketWith(acme, 'n1'), await ticketWith(acme, 'n2')];
    const note = { kind: 'note', body: 'Just now.' };

    const [, ...notes] = await Promise.all([
      acme.owner.post(`/tickets/${target.id}/merges`, { ticketIds: [source.id] }),
      ...Array.from({ length: 6 }, () => agent.post(`/tickets/${source.id}/messages`, note)),
    ]);

    const written = notes.filter(({ status }) => status === 201).length;
    expect(notes.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect((await saidOn(acme, target.id)).length).toBe(2 + written);
    expect((await ticketNow(acme, target.id)).messageCount).toBe(2 + written);
    expect((await ticketNow(acme, source.id)).messageCount).toBe(0);
  });

  it('leaves a ticket that takes no reply, no note and no reopening, and says where to go on', async () => {
    const [target, source] = [await ticketWith(acme, 'go1'), await ticketWith(acme, 'go2')];
    await merge(acme, target.id, source.id);

    for (const answer of [
      await agent.post(`/tickets/${source.id}/messages`, { kind: 'reply', body: 'Hello?' }),
      await agent.post(`/tickets/${source.id}/messages`, { kind: 'note', body: 'Hello?' }),
      await agent.delete(`/tickets/${source.id}/closure`),
    ]) {
      expect(answer.status).toBe(409);
      expect(answer.body.error).toMatchObject({
        ...{ code: 'ticket.merged', details: { mergedIntoId: target.id } },
      });
    }
    expect(await saidOn(acme, target.id)).toEqual(['go1 asks', 'go2 asks']);
  });

  it('copies nobody who reads along already, and the requester never', async () => {
    const [target, same, other] = [
      await ticketWith(acme, 'cc1'),
      await ticketWith(acme, 'cc1'),
      await ticketWith(acme, 'cc2'),
    ];
    await acme.owner.patch(`/tickets/${target.id}`, { cc: ['CC2@customer.example'] });

    await merge(acme, target.id, same.id, other.id);

    expect((await ticketNow(acme, target.id)).cc).toEqual(['cc2@customer.example']);
  });

  it.each([
    ['nothing', {}],
    ['no tickets', { ticketIds: [] }],
    ['a word', { ticketIds: ['all'] }],
    ['too many', { ticketIds: Array.from({ length: 51 }, (_, at) => numbered(at)) }],
    ['one twice', { ticketIds: [numbered(1), numbered(1)] }],
    ['what is not asked for', { ticketIds: [numbered(1)], organizationId: numbered(2) }],
  ])('refuses %s', async (_, body) => {
    const target = await ticketWith(acme, 'v1');
    expect((await acme.owner.post(`/tickets/${target.id}/merges`, body)).status).toBe(400);
  });

  it('refuses a ticket into itself, however it is spelled', async () => {
    const { id } = await ticketWith(acme, 'self');
    for (const spelled of [id, id.toUpperCase()]) {
      const answer = await acme.owner.post(`/tickets/${id}/merges`, { ticketIds: [spelled] });
      expect(answer.status).toBe(400);
    }
    expect((await ticketNow(acme, id)).status).toBe('open');
  });

  it('knows no ticket of another organization', async () => {
    const [ours, theirs] = [await ticketWith(acme, 'o1'), await ticketWith(globex, 'o2')];
    const absent = await acme.owner.post(`/tickets/${ours.id}/merges`, {
      ticketIds: [numbered(9)],
    });
    const of = await acme.owner.post(`/tickets/${ours.id}/merges`, { ticketIds: [theirs.id] });
    const into = await acme.owner.post(`/tickets/${theirs.id}/merges`, { ticketIds: [ours.id] });

    expect([absent.status, of.status, into.status]).toEqual([404, 404, 404]);
    expect({ ...of.body.error, requestId: '' }).toEqual({ ...absent.body.error, requestId: '' });
    expect((await ticketNow(globex, theirs.id)).status).toBe('open');
  });

  it('is for those who may change tickets', async () => {
    const [a, b] = [await ticketWith(acme, 'p1'), await ticketWith(acme, 'p2')];
    const { id } = await merge(acme, a.id, b.id);
    const more = { ticketIds: [b.id] };

    expect((await viewer.post(`/tickets/${a.id}/merges`, more)).status).toBe(403);
    expect((await viewer.put(`/operations/${id}/undoing`)).status).toBe(403);
    expect((await viewer.get('/operations')).status).toBe(403);
    const key = await acme.apiKey(['tickets:write']);
    expect((await key.put(`/operations/${id}/undoing`)).status).toBe(200);
    expect((await undo(acme, id)).body.data.status).toBe('undone');
  });
});

function numbered(at: number): string {
  return `01900000-0000-7000-8000-${String(at).padStart(12, '0')}`;
}
