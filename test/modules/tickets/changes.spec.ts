import { useApp } from '../../support/app.js';
import { newTicket } from '../../support/given.js';

const { given } = await useApp();
const acme = await given.organization();
const globex = await given.organization('Globex');
const { owner } = acme;
const agent = await acme.user('agent', 'Ada Agent');
for (const key of ['color', 'size'])
  await owner.post('/custom-fields', { subject: 'ticket', key, kind: 'text', name: key });

const ifMatch = (etag: string): { headers: Record<string, string> } => ({
  headers: { 'if-match': etag },
});

describe('a change', () => {
  it('sets type, team, Cc, tags and custom fields, and tells before and after', async () => {
    const team = (await owner.post('/teams', { name: 'Second line' })).body.data;
    const ticket = await acme.ticket({ tags: ['a', 'b'] });
    const change = {
      type: 'incident',
      teamId: team.id,
      cc: ['Boss@Customer.example', 'boss@customer.example'],
      addTags: ['c', 'a'],
      removeTags: ['b'],
      fields: { color: 'red' },
    };

    const answer = await owner.patch(`/tickets/${ticket.id}`, change);

    expect(answer.body.data).toMatchObject({
      type: 'incident',
      teamId: team.id,
      cc: ['boss@customer.example'],
      tags: ['a', 'c'],
      fields: { color: 'red' },
      version: 2,
    });
    expect(answer.headers.etag).toBe('"2-1"');
    const told = (await acme.events()).at(-1);
    expect(told).toMatchObject({
      type: 'ticket.updated',
      changes: {
        type: [null, 'incident'],
        teamId: [null, team.id],
        cc: [[], ['boss@customer.example']],
        tags: [
          ['a', 'b'],
          ['a', 'c'],
        ],
        'fields.color': [null, 'red'],
      },
    });
    const emptied = await owner.patch(`/tickets/${ticket.id}`, {
      ...{ type: null, teamId: null, fields: { color: null } },
    });
    expect(emptied.body.data).toMatchObject({ type: null, teamId: null, fields: {} });
  });

  it.each([
    [{ tags: ['a'], addTags: ['b'] }, 'tags'],
    [{ type: 'quest' }, 'type'],
    [{ cc: ['nobody'] }, 'cc'],
    [{ fields: ['x'] }, 'fields'],
    [{ version: 7 }, 'version'],
    [{ snoozedUntil: '2030-01-01T00:00:00Z' }, 'snoozedUntil'],
    [{ mergedIntoId: null }, 'mergedIntoId'],
  ])('of %j is refused', async (body, field) => {
    const { id } = await acme.ticket();

    const answer = await owner.patch(`/tickets/${id}`, body);

    expect(answer.status).toBe(400);
    expect(answer.body.error.details[0].field).toBe(field);
  });

  it('to a team of another organization is one to a team that is not there', async () => {
    const theirs = (await globex.owner.post('/teams', { name: 'Theirs' })).body.data;
    const { id } = await acme.ticket();

    const answer = await owner.patch(`/tickets/${id}`, { teamId: theirs.id });

    expect(answer.body.error.code).toBe('team.not_found');
  });
});

describe('two who change a ticket that both have open', () => {
  it('do not get in each other’s way when they change different fields', async () => {
    const ticket = await acme.ticket();
    const seen = (await owner.get(`/tickets/${ticket.id}`)).headers.etag!;

    const first = await owner.patch(`/tickets/${ticket.id}`, { subject: 'Mine' }, ifMatch(seen));
    const second = await agent.patch(
      `/tickets/${ticket.id}`,
      { priority: 'urgent', fields: { size: 'L' } },
      ifMatch(seen),
    );
    const third = await agent.patch(
      `/tickets/${ticket.id}`,
      { fields: { color: 'red' } },
      ifMatch(seen),
    );

    expect([first.status, second.status, third.status]).toEqual([200, 200, 200]);
    expect(third.body.data).toMatchObject({
      ...{ subject: 'Mine', priority: 'urgent', fields: { size: 'L', color: 'red' } },
    });
  });

  it('are told of both values when they change the same, and may insist', async () => {
    const ticket = await acme.ticket({ subject: 'Before', fields: { color: 'grey' } });
    const seen = (await owner.get(`/tickets/${ticket.id}`)).headers.etag!;
    const path = `/tickets/${ticket.id}`;
    await owner.patch(path, { subject: 'Theirs', fields: { color: 'blue' } }, ifMatch(seen));

    const change = { subject: 'Mine', priority: 'low', fields: { color: 'red' } };
    const late = await agent.patch(path, change, ifMatch(seen));

    expect(late.status).toBe(412);
    expect(late.body.error).toMatchObject({ code: 'edit.conflict' });
    const { conflicts, etag } = late.body.error.details;
    expect(conflicts).toEqual([
      { field: 'subject', yours: 'Mine', theirs: 'Theirs' },
      { field: 'fields.color', yours: 'red', theirs: 'blue' },
    ]);
    const kept = (await owner.get(path)).body.data;
    expect(kept).toMatchObject({ subject: 'Theirs', priority: 'normal' });
    const insisted = await agent.patch(path, change, ifMatch(etag));
    expect(insisted.body.data).toMatchObject({ subject: 'Mine', priority: 'low' });
  });

  it('agree when they want the same, and lose no tag', async () => {
    const ticket = await acme.ticket();
    const path = `/tickets/${ticket.id}`;
    await owner.patch(path, { priority: 'high', addTags: ['one'] }, ifMatch('"1-1"'));

    const same = await agent.patch(path, { priority: 'high' }, ifMatch('"1-1"'));
    const tagged = await agent.patch(path, { addTags: ['two'] }, ifMatch('"1-1"'));
    const foreign = await agent.patch(path, { priority: 'low' }, ifMatch('"abc"'));

    expect(same.status).toBe(200);
    expect(tagged.body.data.tags).toEqual(['one', 'two']);
    expect(foreign.status).toBe(412);
  });

  it('find a ticket unchanged without its body', async () => {
    const { id } = await acme.ticket();
    const { headers } = await owner.get(`/tickets/${id}`);

    const again = await owner.get(`/tickets/${id}`, {
      headers: { 'if-none-match': headers.etag! },
    });
    await acme.message(id, 'note');
    const after = await owner.get(`/tickets/${id}`, {
      headers: { 'if-none-match': headers.etag! },
    });

    expect(again.status).toBe(304);
    expect(after.status).toBe(200);
  });
});

describe('what an organization requires on solving', () => {
  it('is there before a ticket is solved or closed, and not asked before', async () => {
    const desk = await given.organization();
    const field = { subject: 'ticket', kind: 'text', requiredOnSolve: true };
    for (const key of ['cause', 'cure'])
      await desk.owner.post('/custom-fields', { ...field, key, name: key });
    const { id } = await desk.ticket({ fields: { cause: 'Paper' } });
    const path = `/tickets/${id}`;

    const solved = await desk.owner.patch(path, { status: 'solved' });
    const closed = await desk.owner.put(`${path}/closure`);
    const filled = await desk.owner.patch(path, { status: 'solved', fields: { cure: 'Water' } });
    const done = await desk.owner.put(`${path}/closure`);

    expect(solved.status).toBe(409);
    expect(solved.body.error).toMatchObject({
      code: 'ticket.fields_required',
      details: { fields: ['cure'] },
    });
    expect(closed.body.error.code).toBe('ticket.fields_required');
    expect(filled.body.data.status).toBe('solved');
    expect(done.body.data.status).toBe('closed');
    expect((await desk.owner.patch(path, { priority: 'low' })).status).toBe(200);
  });
});

describe('a new ticket', () => {
  it('is opened for a customer who is known, with all that it may have', async () => {
    const first = await acme.ticket();
    const { requester: _, ...rest } = newTicket();
    const more = { type: 'task', fields: { color: 'red' }, cc: ['C@x.example'] };

    const made = await owner.post('/tickets', {
      ...rest,
      ...more,
      requesterId: first.requester.id,
    });

    expect(made.status).toBe(201);
    expect(made.body.data).toMatchObject({
      ...{ requester: first.requester, type: 'task', fields: { color: 'red' } },
      cc: ['c@x.example'],
    });
    const both = await owner.post('/tickets', { ...newTicket(), requesterId: first.requester.id });
    expect(both.status).toBe(400);
    const foreign = await globex.owner.post('/tickets', {
      ...rest,
      requesterId: first.requester.id,
    });
    expect(foreign.body.error.code).toBe('customer.not_found');
    const wrong = await owner.post('/tickets', newTicket({ fields: { nothing: 1 } }));
    expect(wrong.body.error.details[0].field).toBe('fields.nothing');
  });
});
