import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';

const { given } = await useApp();
const acme = await given.organization();
const globex = await given.organization('Globex');
const agent = await acme.user('agent', 'Ada Agent');
const other = await acme.user('agent', 'Otto Other');
const viewer = await acme.user('viewer');

const SOLVES = [
  { type: 'set_status', value: 'solved' },
  { type: 'add_tags', value: ['done'] },
  { type: 'assign_me' },
  { type: 'reply', value: '<p>Dear {{customer.firstName}}, done. {{agent.name}}</p>' },
  { type: 'note', value: '<p>Closed by macro.</p>' },
];

async function macro(actions: unknown[], by = acme.owner, more = {}): Promise<any> {
  const body = { name: 'Solve it', scope: 'organization', actions, ...more };
  return expectStatus(await by.post('/macros', body), 201).body.data;
}

describe('macros', () => {
  it('are kept, changed, listed by name and deleted', async () => {
    const initech = await given.organization('Initech');
    const { owner } = initech;
    const made = await owner.post('/macros', {
      ...{ name: 'Beta', description: 'Why', scope: 'organization' },
      actions: SOLVES,
    });
    await macro([{ type: 'assign_me' }], owner, { name: 'Alpha', scope: 'personal' });
    const { id } = expectStatus(made, 201).body.data;

    expect(made.body.data).toMatchObject({ name: 'Beta', actions: SOLVES, teamId: null });
    expect(made.headers.etag).toBe('"1"');
    const first = await owner.get('/macros?limit=1');
    const second = await owner.get(`/macros?limit=1&cursor=${first.body.nextCursor}`);
    expect([first, second].map(({ body }) => body.data[0].name)).toEqual(['Alpha', 'Beta']);
    const changed = await owner.patch(`/macros/${id}`, { name: 'Gamma' });
    expect(changed.body.data).toMatchObject({ name: 'Gamma', description: 'Why', actions: SOLVES });
    expect((await owner.delete(`/macros/${id}`)).status).toBe(200);
    expect((await owner.get(`/macros/${id}`)).body.error.code).toBe('macro.not_found');
    const events = await initech.events();
    expect(JSON.stringify(events)).not.toContain('Alpha');
    const types = events.map(({ type }) => type);
    expect(types.filter((type) => type.startsWith('macro.'))).toEqual([
      ...['macro.created', 'macro.created', 'macro.changed', 'macro.deleted'],
    ]);
  });

  it('are not written over by who has not seen them', async () => {
    const { id } = await macro(SOLVES);
    const seen = { headers: { 'if-match': '"1"' } };

    await acme.owner.patch(`/macros/${id}`, { name: 'Theirs' }, seen);
    const late = await acme.owner.patch(`/macros/${id}`, { name: 'Mine' }, seen);

    expect([late.status, late.body.error.code]).toEqual([412, 'edit.conflict']);
    expect(late.body.error.details.conflicts).toEqual([
      { field: 'name', yours: 'Mine', theirs: 'Theirs' },
    ]);
  });

  it('of a person are theirs alone; shared ones are made by who sets up the desk', async () => {
    const mine = await macro(SOLVES, agent, { scope: 'personal' });
    const shared = { name: 'S', scope: 'organization', actions: SOLVES };

    expect((await agent.get(`/macros/${mine.id}`)).status).toBe(200);
    for (const by of [other, acme.owner, viewer, globex.owner])
      expect((await by.get(`/macros/${mine.id}`)).status).toBe(404);
    expect((await agent.post('/macros', shared)).body.error.code).toBe('auth.forbidden');
    expect((await viewer.post('/macros', { ...shared, scope: 'personal' })).status).toBe(403);
    const { id } = await macro(SOLVES);
    expect((await agent.patch(`/macros/${id}`, { name: 'x' })).status).toBe(403);
    expect((await agent.delete(`/macros/${id}`)).status).toBe(403);
  });

  it.each([
    ['no list', 'all'],
    ['nothing', []],
    ['a step that is none', ['x']],
    ['an unknown type', [{ type: 'explode' }]],
    ['a wrong value', [{ type: 'set_priority', value: 'huge' }]],
    ['one matter twice', [{ type: 'assign_me' }, { type: 'assign', value: null }]],
    ['an unknown field', [{ type: 'assign_me', when: 'now' }]],
    ['an empty text', [{ type: 'reply', value: ' ' }]],
    ['too many hours', [{ type: 'snooze_hours', value: 9_000 }]],
    ['a tag with a comma', [{ type: 'add_tags', value: ['a,b'] }]],
    ['too many steps', Array.from({ length: 21 }, (_, at) => field(at))],
  ])('refuse %s', async (_, actions) => {
    const body = { name: 'M', scope: 'organization', actions };
    const answer = await acme.owner.post('/macros', body);
    expect([answer.status, answer.body.error.code]).toEqual([400, 'validation.failed']);
  });
});

describe('a macro on a ticket', () => {
  it('is looked at first and changes nothing by that', async () => {
    const ticket = await acme.ticket();
    const { id } = await macro(SOLVES);
    const seq = (await acme.events()).at(-1).seq;

    const { body } = await agent.post(`/macros/${id}/preview`, { ticketId: ticket.id });

    expect(body.data.changes).toEqual([
      { field: 'status', before: 'open', after: 'solved' },
      { field: 'assigneeId', before: null, after: agent.user.id },
      { field: 'tags', before: [], after: ['done'] },
    ]);
    expect(body.data.replyHtml).toContain('Dear Rita, done. Ada Agent');
    expect(body.data.noteHtml).toContain('Closed by macro.');
    expect(await acme.events(seq)).toEqual([]);
    expect((await acme.owner.get(`/tickets/${ticket.id}`)).body.data.status).toBe('open');
  });

  it('runs as an operation, which can be undone; what was said stays', async () => {
    const ticket = await acme.ticket();
    const { id } = await macro(SOLVES);

    const answer = await agent.post(`/tickets/${ticket.id}/macro-runs`, { macroId: id });

    const { operation, ticket: after } = expectStatus(answer, 201).body.data;
    expect(operation).toMatchObject({ kind: 'macro', status: 'done', canUndo: true });
    expect(after).toMatchObject({ status: 'solved', tags: ['done'], messageCount: 3 });
    const { body } = await agent.get(`/tickets/${ticket.id}/messages`);
    expect(body.data.slice(1).map(({ kind }: any) => kind)).toEqual(['reply', 'note']);
    const events = (await acme.events()).filter(({ operationId }) => operationId === operation.id);
    expect(events.map(({ type }) => type)).toEqual([
      ...['ticket.replied', 'ticket.noted', 'ticket.updated', 'ticket.assigned'],
      'operation.finished',
    ]);

    const undone = await other.put(`/operations/${operation.id}/undoing`);

    expect(undone.body.data.status).toBe('undone');
    const now = (await agent.get(`/tickets/${ticket.id}`)).body.data;
    expect(now).toMatchObject({ status: 'open', tags: [], assignee: null, messageCount: 3 });
  });

  it('is not undone over a later change, which is shown; another field is no hindrance', async () => {
    const ticket = await acme.ticket();
    const { id } = await macro([{ type: 'set_priority', value: 'high' }]);
    const run = await agent.post(`/tickets/${ticket.id}/macro-runs`, { macroId: id });
    const { operation } = run.body.data;
    await acme.owner.patch(`/tickets/${ticket.id}`, { priority: 'urgent' });

    const refused = await agent.put(`/operations/${operation.id}/undoing`);

    expect(refused.body.error.details.conflicts).toMatchObject([
      { field: 'priority', before: 'normal', after: 'high', now: 'urgent' },
    ]);
    await acme.owner.patch(`/tickets/${ticket.id}`, { priority: 'high', subject: 'Another' });
    expect((await agent.put(`/operations/${operation.id}/undoing`)).status).toBe(200);
    expect((await agent.get(`/tickets/${ticket.id}`)).body.data).toMatchObject({
      ...{ priority: 'normal', subject: 'Another' },
    });
  });

  it('sends what the agent made of its reply', async () => {
    const ticket = await acme.ticket();
    const { id } = await macro(SOLVES);
    const replyHtml = '<p>Typed <b>by hand</b><script>alert(1)</script></p>';

    await agent.post(`/tickets/${ticket.id}/macro-runs`, { macroId: id, replyHtml });

    const { body } = await agent.get(`/tickets/${ticket.id}/messages`);
    expect(body.data[1]).toMatchObject({ kind: 'reply', body: 'Typed by hand' });
    expect(body.data[1].html).not.toContain('script');
    const silent = await macro([{ type: 'assign_me' }]);
    const extra = { macroId: silent.id, replyHtml };
    expect((await agent.post(`/tickets/${ticket.id}/macro-runs`, extra)).status).toBe(400);
  });

  it('does all of it or nothing', async () => {
    const ticket = await acme.ticket();
    const gone = '01900000-0000-7000-8000-000000000001';
    const { id } = await macro([...SOLVES.slice(0, 2), SOLVES[3], { type: 'assign', value: gone }]);

    const answer = await agent.post(`/tickets/${ticket.id}/macro-runs`, { macroId: id });

    expect([answer.status, answer.body.error.code]).toEqual([404, 'user.not_found']);
    const now = (await agent.get(`/tickets/${ticket.id}`)).body.data;
    expect(now).toMatchObject({ status: 'open', tags: [], messageCount: 1 });
  });

  it('is nothing to undo when all was so already', async () => {
    const ticket = await acme.ticket();
    const { id } = await macro([{ type: 'set_priority', value: 'normal' }]);
    const run = await agent.post(`/tickets/${ticket.id}/macro-runs`, { macroId: id });
    const { operation } = run.body.data;

    const refused = await agent.put(`/operations/${operation.id}/undoing`);

    expect(operation).toMatchObject({ canUndo: false, result: { changed: 0 } });
    expect(refused.body.error.code).toBe('operation.nothing_to_undo');
  });

  it('of another organization is not there, nor is its ticket', async () => {
    const [ours, theirs] = [await acme.ticket(), await globex.ticket()];
    const [mine, foreign] = [await macro(SOLVES), await macro(SOLVES, globex.owner)];
    const answers = [
      await agent.post(`/tickets/${ours.id}/macro-runs`, { macroId: foreign.id }),
      await agent.post(`/tickets/${theirs.id}/macro-runs`, { macroId: mine.id }),
      await agent.post(`/macros/${foreign.id}/preview`, { ticketId: ours.id }),
      await agent.post(`/macros/${mine.id}/preview`, { ticketId: theirs.id }),
    ];
    expect(answers.map(({ body }) => body.error.code)).toEqual([
      ...['macro.not_found', 'ticket.not_found', 'macro.not_found', 'ticket.not_found'],
    ]);
    const refused = await viewer.post(`/tickets/${ours.id}/macro-runs`, { macroId: mine.id });
    expect(refused.status).toBe(403);
  });
});

function field(at: number): object {
  return { type: 'set_field', value: { key: `field_${at}`, value: 1 } };
}
