import type { ViewDto } from '#modules/views/dto/view.dto.js';
import { useApp } from '../../support/app.js';

const { given } = await useApp();
const acme = await given.organization();
const globex = await given.organization('Globex');
const ada = await acme.user('agent', 'Ada Agent');
const ben = await acme.user('agent', 'Ben Agent');
const { owner } = acme;

const urgent = { all: [{ field: 'priority', operator: 'is', value: 'urgent' }] };
const aView = (more: object = {}): object => ({
  name: 'Urgent',
  scope: 'personal',
  conditions: urgent,
  ...more,
});
const made = async (more: object = {}, by = owner): Promise<ViewDto> => {
  const { status, body, text } = await by.post('/views', aView(more));
  if (status !== 201) throw new Error(text);
  return body.data;
};

describe('views', () => {
  it('are kept with what they ask for, and shown as they are', async () => {
    const columns = ['number', 'subject', 'fields.order_no'];
    const answer = await ada.post('/views', aView({ columns, sort: '-priority', position: 3 }));

    expect(answer.status).toBe(201);
    expect(answer.body.data).toMatchObject({
      name: 'Urgent',
      scope: 'personal',
      ownerId: ada.user.id,
      teamId: null,
      conditions: urgent,
      columns,
      sort: '-priority',
      position: 3,
    });
    const again = await ada.get(`/views/${answer.body.data.id}`);
    expect(again.body).toEqual(answer.body);
    expect(again.headers.etag).toBe('"1"');
  });

  it('show a personal one to its owner alone, and everybody the shared', async () => {
    const own = await made({ name: 'Of Ada' }, ada);
    const shared = await made({ name: 'Of all', scope: 'organization' });

    const names = async (who: typeof ada): Promise<string[]> =>
      (await who.get('/views?limit=100')).body.data.map(({ id }: ViewDto) => id);
    expect(await names(ada)).toEqual(expect.arrayContaining([own.id, shared.id]));
    expect(await names(ben)).toContain(shared.id);
    expect(await names(ben)).not.toContain(own.id);
    for (const [method, body] of [['get'], ['patch', { name: 'x' }], ['delete']] as const) {
      const answer = await (ben as any)[method](`/views/${own.id}`, body);
      expect([method, answer.status, answer.body.error.code]).toEqual([
        method,
        404,
        'view.not_found',
      ]);
    }
    expect((await globex.owner.get(`/views/${shared.id}`)).status).toBe(404);
    expect((await globex.owner.get(`/tickets?viewId=${shared.id}`)).status).toBe(404);
    expect((await ben.get(`/tickets?viewId=${own.id}`)).status).toBe(404);
  });

  it('lets those who set the desk up, and nobody else, change what others see', async () => {
    const refused = await ada.post('/views', aView({ scope: 'organization' }));
    const shared = await made({ scope: 'organization' });

    expect(refused.body.error).toMatchObject({ code: 'view.shared' });
    expect((await ada.patch(`/views/${shared.id}`, { name: 'Mine' })).status).toBe(403);
    expect((await ada.delete(`/views/${shared.id}`)).status).toBe(403);
    expect((await owner.patch(`/views/${shared.id}`, { name: 'Ours' })).body.data.name).toBe(
      'Ours',
    );
  });

  it('keeps no personal view of a program', async () => {
    const key = await acme.apiKey(['tickets:read']);

    const answer = await key.post('/views', aView());
    expect([answer.status, answer.body.error.code]).toEqual([409, 'view.of_nobody']);
    const shared = await made({ scope: 'organization' });
    const seen = (await key.get('/views?limit=100')).body.data;
    expect(seen.map(({ id }: ViewDto) => id)).toContain(shared.id);
    for (const { scope } of seen) expect(scope).toBe('organization');
  });

  it('is quiet about a change to what it is already, conditions too', async () => {
    const view = await made({ scope: 'organization' });
    const told = async (): Promise<number> =>
      (await acme.events()).filter(({ type }) => type.startsWith('view.')).length;
    const before = await told();

    for (const change of [{}, { name: view.name }, { conditions: urgent }]) {
      const { status, body } = await owner.patch(`/views/${view.id}`, change);
      expect([status, body.data.version]).toEqual([200, 1]);
    }
    expect(await told()).toBe(before);
  });

  it('tells who changes an old version what has changed, with both values', async () => {
    const view = await made({ scope: 'organization' });
    const seen = { headers: { 'if-match': '"1"' } };
    expect((await owner.patch(`/views/${view.id}`, { name: 'First' }, seen)).status).toBe(200);

    const late = await owner.patch(`/views/${view.id}`, { name: 'Second' }, seen);

    expect(late.status).toBe(412);
    expect(late.body.error.details).toEqual({
      conflicts: [{ field: 'name', yours: 'Second', theirs: 'First' }],
      etag: '"2"',
    });
    expect((await owner.delete(`/views/${view.id}`, seen)).status).toBe(412);
    expect((await owner.delete(`/views/${view.id}`)).status).toBe(200);
    expect((await owner.get(`/views/${view.id}`)).status).toBe(404);
  });

  it.each([
    ['conditions', { conditions: { all: [{ field: 'nose', operator: 'is', value: 1 }] } }],
    ['conditions', { conditions: { and: [] } }],
    ['columns', { columns: ['password'] }],
    ['sort', { sort: 'subject' }],
    ['teamId', { scope: 'team' }],
    ['scope', { scope: 'world' }],
    ['ownerId', { ownerId: ben.user.id }],
    ['organizationId', { organizationId: globex.id }],
  ])('refuses a wrong %s', async (field, more) => {
    const { status, body } = await owner.post('/views', aView(more));

    expect(status).toBe(400);
    expect(body.error.details[0].field).toContain(field);
  });

  it('are no larger than a list of them can carry', async () => {
    const value = Array.from({ length: 100 }, (_, at) => `${at}-${'x'.repeat(300)}`);
    const conditions = { all: [{ field: 'fields.order_no', operator: 'in', value }] };
    const { id } = await made();

    const answers = [
      await owner.post('/views', aView({ conditions })),
      await owner.patch(`/views/${id}`, { conditions }),
    ];

    for (const { status, body } of answers)
      expect([status, body.error.details[0].field]).toEqual([400, 'conditions']);
  });

  it('walks by cursor in the order of positions', async () => {
    const desk = await given.organization('Desk');
    for (const position of [2, 0, 1, 1])
      await made({ scope: 'organization', position }, desk.owner);

    const seen: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body }: any = await desk.owner.get(
        `/views?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      seen.push(...body.data.map(({ position }: ViewDto) => position));
      cursor = body.nextCursor;
    }
    expect(seen).toEqual([0, 1, 1, 2]);
  });
});
