import { useApp } from '../../support/app.js';
import { databaseOfItsOwn } from '../../support/database.js';
import { expectStatus } from '../../support/as.js';
import { eventually } from '../../support/jobs.js';
import { merge, ticketNow, ticketWith, undo } from './desk.js';

const { given } = await useApp({ worker: true, database: await databaseOfItsOwn('bulk') });
const acme = await given.organization();
const globex = await given.organization('Globex');
const agent = await acme.user('agent', 'Ada Agent');
const viewer = await acme.user('viewer');

async function request(body: Record<string, unknown>): Promise<any> {
  return expectStatus(await acme.owner.post('/bulk-operations', body), 201).body.data;
}

async function ended(id: string, status = ['done', 'failed', 'undone']): Promise<any> {
  return eventually(`operation ${id} is ${status.join()}`, async () => {
    const { data } = (await acme.owner.get(`/operations/${id}`)).body;
    return status.includes(data.status) && data;
  });
}

async function tickets(count: number, who: string): Promise<any[]> {
  return Promise.all(Array.from({ length: count }, () => ticketWith(acme, who)));
}

describe('a bulk operation', () => {
  it('changes every ticket alike, in the background, in the name of who asked', async () => {
    const many = await tickets(5, 'b1');
    const ticketIds = many.map(({ id }) => id);
    const change = {
      ...{ status: 'pending', priority: 'high', type: 'task', assigneeId: agent.user.id },
      addTags: ['swept'],
    };
    const seq = (await acme.events()).at(-1).seq;

    const queued = await request({ ticketIds, change });
    const done = await ended(queued.id);

    expect(queued).toMatchObject({
      kind: 'bulk',
      status: 'queued',
      total: 5,
      done: 0,
      canUndo: false,
    });
    expect(done).toMatchObject({
      ...{ status: 'done', total: 5, done: 5, failed: 0, canUndo: true },
      ...{ parameters: { change }, result: { changed: 5, unchanged: 0, failed: 0 } },
    });
    for (const id of ticketIds)
      expect(await ticketNow(acme, id)).toMatchObject({
        ...{ status: 'pending', priority: 'high', type: 'task', tags: ['swept'] },
        assignee: { id: agent.user.id },
      });
    const events = (await acme.events(seq)).filter(({ operationId }) => operationId === queued.id);
    const told = events.filter(({ type }) => type === 'ticket.updated');
    expect(told.map(({ subject }) => subject.id).toSorted()).toEqual(ticketIds.toSorted());
    expect(told.every(({ actor }) => actor.id === acme.owner.user.id)).toBe(true);
    expect(events.at(0).type).toBe('operation.requested');
    expect(events.at(-1).type).toBe('operation.finished');
  });

  it('tells of tickets that cannot be changed and goes on with the rest', async () => {
    const [open, closed, other] = await tickets(3, 'b2');
    await acme.owner.put(`/tickets/${closed.id}/closure`);

    const { id } = await request({
      ticketIds: [open.id, closed.id, other.id],
      change: { status: 'solved' },
    });
    const done = await ended(id);

    expect(done).toMatchObject({ status: 'done', done: 2, failed: 1 });
    const { body } = await acme.owner.get(`/operations/${id}/items?status=failed`);
    expect(body.data).toMatchObject([
      { position: 2, ticket: { id: closed.id, number: closed.number }, status: 'failed' },
    ]);
    expect(body.data[0].problem).toMatch(/closed/);
    expect((await ticketNow(acme, other.id)).status).toBe('solved');
  });

  it('closes, and says which were so already', async () => {
    const [open, closed] = await tickets(2, 'b3');
    await acme.owner.put(`/tickets/${closed.id}/closure`);

    const { id } = await request({ ticketIds: [open.id, closed.id], change: { closed: true } });

    expect((await ended(id)).result).toEqual({ changed: 1, unchanged: 1, failed: 0 });
    expect((await ticketNow(acme, open.id)).status).toBe('closed');
  });

  it('by conditions takes the tickets of that moment', async () => {
    const [one, two] = await tickets(2, 'b4');
    for (const { id } of [one, two]) await acme.owner.patch(`/tickets/${id}`, { tags: ['flood'] });
    const conditions = { all: [{ field: 'tag', operator: 'contains', value: 'flood' }] };

    const { id, total } = await request({ conditions, change: { removeTags: ['flood'] } });
    const later = await ticketWith(acme, 'b4');
    await acme.owner.patch(`/tickets/${later.id}`, { tags: ['flood'] });
    const done = await ended(id);

    expect([total, done.done]).toEqual([2, 2]);
    expect((await ticketNow(acme, one.id)).tags).toEqual([]);
    expect((await ticketNow(acme, later.id)).tags).toEqual(['flood']);
  });

  it('of none by conditions ends at once', async () => {
    const conditions = { all: [{ field: 'tag', operator: 'contains', value: 'nobody-has-it' }] };
    const { id } = await request({ conditions, change: { priority: 'low' } });
    expect(await ended(id)).toMatchObject({ total: 0, done: 0, canUndo: false });
  });

  it.each([
    ['nothing', {}],
    ['no change', { ticketIds: [numbered(1)] }],
    ['an empty change', { ticketIds: [numbered(1)], change: {} }],
    ['no tickets', { change: { priority: 'low' } }],
    [
      'ids and conditions',
      { ticketIds: [numbered(1)], conditions: { all: [] }, change: { priority: 'low' } },
    ],
    ['two ends', { ticketIds: [numbered(1)], change: { status: 'open', closed: true } }],
    ['a closed status', { ticketIds: [numbered(1)], change: { status: 'closed' } }],
    ['a field that is not there', { ticketIds: [numbered(1)], change: { fields: { nope: 1 } } }],
    ['a server field', { ticketIds: [numbered(1)], change: { organizationId: numbered(1) } }],
    [
      'conditions that are none',
      { conditions: { all: [{ field: 'x' }] }, change: { priority: 'low' } },
    ],
    [
      'too many',
      {
        ticketIds: Array.from({ length: 10_001 }, (_, at) => numbered(at)),
        change: { priority: 'low' },
      },
    ],
  ])('refuses %s', async (_, body) => {
    expect((await acme.owner.post('/bulk-operations', body)).status).toBe(400);
  });

  it('knows nothing of another organization, and is for those who may change tickets', async () => {
    const [ours] = await tickets(1, 'b5');
    const theirs = await ticketWith(globex, 'b5');
    const change = { priority: 'urgent' };

    const foreign = await acme.owner.post('/bulk-operations', {
      ...{ ticketIds: [ours.id, theirs.id], change },
    });
    const absent = await acme.owner.post('/bulk-operations', {
      ...{ ticketIds: [ours.id, numbered(7)], change },
    });
    const person = await acme.owner.post('/bulk-operations', {
      ...{ ticketIds: [ours.id], change: { assigneeId: globex.owner.user.id } },
    });

    expect({ ...foreign.body.error, requestId: '' }).toEqual({
      ...absent.body.error,
      requestId: '',
    });
    expect([foreign.status, person.body.error.code]).toEqual([404, 'user.not_found']);
    expect((await ticketNow(acme, ours.id)).priority).toBe('normal');
    const refused = await viewer.post('/bulk-operations', { ticketIds: [ours.id], change });
    expect(refused.status).toBe(403);
  });
});

describe('undoing a bulk operation', () => {
  it('gives every ticket back what it was, and leaves other fields alone', async () => {
    const [one, two] = await tickets(2, 'u1');
    await acme.owner.patch(`/tickets/${two.id}`, { tags: ['kept'], priority: 'low' });
    const change = { ...{ closed: true, priority: 'high' }, addTags: ['swept'] };
    const { id } = await request({ ticketIds: [one.id, two.id], change });
    await ended(id, ['done']);
    await acme.owner.patch(`/tickets/${one.id}`, { subject: 'Later', addTags: ['later'] });

    const asked = await undo(acme, id);
    const undone = await ended(id, ['undone']);

    expect(asked.body.data).toMatchObject({ status: 'undoing', canUndo: false });
    expect(undone.result).toMatchObject({ undone: 2, kept: 0 });
    expect(await ticketNow(acme, one.id)).toMatchObject({
      ...{ status: 'open', priority: 'normal', subject: 'Later', tags: ['later'], closedAt: null },
    });
    expect(await ticketNow(acme, two.id)).toMatchObject({
      ...{ status: 'open', priority: 'low', tags: ['kept'] },
    });
    expect((await undo(acme, id)).body.data.status).toBe('undone');
  });

  it('refuses as a whole when one field was changed since, and shows the difference', async () => {
    const [one, two] = await tickets(2, 'u2');
    const { id } = await request({ ticketIds: [one.id, two.id], change: { priority: 'high' } });
    await ended(id);
    await acme.owner.patch(`/tickets/${two.id}`, { priority: 'urgent' });

    const refused = await undo(acme, id);

    expect(refused.status).toBe(409);
    expect(refused.body.error).toMatchObject({
      code: 'operation.conflict',
      details: {
        conflicts: [
          {
            ...{ ticketId: two.id, number: two.number, field: 'priority' },
            ...{ before: 'normal', after: 'high', now: 'urgent' },
          },
        ],
        total: 1,
      },
    });
    expect((await ticketNow(acme, one.id)).priority).toBe('high');
    expect((await acme.owner.get(`/operations/${id}`)).body.data.status).toBe('done');

    const forced = await acme.owner.put(`/operations/${id}/undoing`, { force: 'unconflicted' });
    expect(forced.status).toBe(200);
    expect((await ended(id, ['undone'])).result).toMatchObject({ undone: 1, kept: 1 });
    expect((await ticketNow(acme, one.id)).priority).toBe('normal');
    expect((await ticketNow(acme, two.id)).priority).toBe('urgent');
    const { body } = await acme.owner.get(`/operations/${id}/items?status=done`);
    expect(body.data).toMatchObject([{ ticket: { id: two.id }, problem: expect.any(String) }]);
  });

  it('works in either order for operations on different fields', async () => {
    const [one] = await tickets(1, 'u3');
    const ticketIds = [one.id];
    const first = await request({ ticketIds, change: { priority: 'high' } });
    await ended(first.id);
    const second = await request({ ticketIds, change: { status: 'pending', addTags: ['x'] } });
    await ended(second.id);

    for (const { id } of [first, second]) {
      expect((await undo(acme, id)).status).toBe(200);
      await ended(id, ['undone']);
    }

    expect(await ticketNow(acme, one.id)).toMatchObject({
      priority: 'normal',
      status: 'open',
      tags: [],
    });
  });

  it('is refused for a ticket that was merged since', async () => {
    const [one, two] = await tickets(2, 'u4');
    const { id } = await request({ ticketIds: [one.id], change: { priority: 'high' } });
    await ended(id);
    await merge(acme, two.id, one.id);

    const refused = await undo(acme, id);

    expect(refused.body.error.details.conflicts).toMatchObject([
      { ticketId: one.id, field: 'mergedIntoId', now: two.id },
    ]);
  });

  it('leaves a ticket to nobody whose assignee has gone meanwhile', async () => {
    const leaver = await acme.user('agent', 'Lea Leaver');
    const [one] = await tickets(1, 'u5');
    await acme.owner.put(`/tickets/${one.id}/assignment`, { assigneeId: leaver.user.id });
    const change = { assigneeId: agent.user.id };
    const { id } = await request({ ticketIds: [one.id], change });
    await ended(id);
    expectStatus(await acme.owner.delete(`/users/${leaver.user.id}`), 200);

    await undo(acme, id);
    await ended(id, ['undone']);

    expect((await ticketNow(acme, one.id)).assignee).toBeNull();
  });

  it('waits until the operation has ended', async () => {
    const [one] = await tickets(1, 'u6');
    const { id } = await request({ ticketIds: [one.id], change: { priority: 'normal' } });
    const answer = await undo(acme, id);
    expect([200, 409]).toContain(answer.status);
    if (answer.status === 409) expect(answer.body.error.code).toBe('operation.nothing_to_undo');
  });
});

function numbered(at: number): string {
  return `01900000-0000-7000-8000-${String(at).padStart(12, '0')}`;
}
