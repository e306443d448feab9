import { useApp } from '../../support/app.js';

const { given } = await useApp();
const acme = await given.organization();
const globex = await given.organization('Globex');
const secret = await globex.ticket({ subject: 'Canary', tags: ['canary'] });
await acme.ticket({ subject: 'Quiet' });

const ask = (conditions: unknown): ReturnType<typeof acme.owner.get> =>
  acme.owner.get(
    `/tickets?conditions=${encodeURIComponent(typeof conditions === 'string' ? conditions : JSON.stringify(conditions))}`,
  );
const one = (field: unknown, operator: unknown, value?: unknown): object => ({
  all: [{ field, operator, value }],
});

describe('conditions that are none', () => {
  it.each<[unknown, string, string]>([
    ['{"all":[', 'conditions', 'JSON'],
    ['[]', 'conditions', '{"all": […]}'],
    [{ all: [], any: [] }, 'conditions', '{"all": […]}'],
    [{ all: 'x' }, 'conditions', '{"all": […]}'],
    [{ all: [7] }, 'conditions.all.0', 'a condition or a group'],
    [{ all: [{ any: [{ all: [] }] }] }, 'conditions.all.0.any.0', 'groups nest once'],
    [one('nose', 'is', 'x'), 'conditions.all.0.field', 'must be one of status'],
    [one('__proto__', 'is', 'x'), 'conditions.all.0.field', 'must be one of'],
    [one('fields.', 'is', 'x'), 'conditions.all.0.field', 'must be one of'],
    [one("fields.x' or 1=1", 'is', 'x'), 'conditions.all.0.field', 'must be one of'],
    [one(['status'], 'is', 'open'), 'conditions.all.0.field', 'must be one of'],
    [one('status', 'before', '-1d'), 'conditions.all.0.operator', 'is, is_not, in, not_in'],
    [one('status', 'is', 'shut'), 'conditions.all.0.value', 'must be one of open'],
    [one('status', 'is', ['open']), 'conditions.all.0.value', 'must be one of open'],
    [one('status', 'in', []), 'conditions.all.0.value', 'list of 1 to 100'],
    [one('status', 'in', 'open'), 'conditions.all.0.value', 'list of 1 to 100'],
    [one('status', 'is', null), 'conditions.all.0.value', 'must be one of open'],
    [one('assigneeId', 'is', 'you'), 'conditions.all.0.value', 'an id, or "me"'],
    [one('assigneeId', 'is_empty', 'x'), 'conditions.all.0.value', 'another operator'],
    [one('requesterId', 'is', 'me'), 'conditions.all.0.value', 'must be an id'],
    [one('createdAt', 'before', 'yesterday'), 'conditions.all.0.value', 'must be a date'],
    [one('createdAt', 'before', '2026-02-30'), 'conditions.all.0.value', 'must be a date'],
    [one('createdAt', 'before', '0000-01-01'), 'conditions.all.0.value', 'must be a date'],
    [one('createdAt', 'after', '9999-12-31T23:59:59-10:00'), 'conditions.all.0.value', 'a date'],
    [one('createdAt', 'after', '2026-02-01T10:00:00+23:00'), 'conditions.all.0.value', 'a date'],
    [one('createdAt', 'before', '2026-02-01T10:00:00'), 'conditions.all.0.value', 'with its zone'],
    [one('snoozed', 'is', 'true'), 'conditions.all.0.value', 'true or false'],
    [one('tag', 'is', ''), 'conditions.all.0.value', 'text of 1 to 500'],
    [one('tag', 'is', 'a\0b'), 'conditions.all.0.value', 'text of 1 to 500'],
    [one('fields.amount', 'less', '5'), 'conditions.all.0.value', 'must be a number'],
    [one('fields.amount', 'is', {}), 'conditions.all.0.value', 'a text, a number'],
    [
      { all: [{ field: 'tag', operator: 'is', value: 'x', or: 1 }] },
      'conditions.all.0',
      'an unknown key, or',
    ],
    [
      { all: Array(21).fill({ field: 'tag', operator: 'is', value: 'x' }) },
      'conditions.all.20',
      'one too many',
    ],
    [{ all: Array(21).fill({ any: [] }) }, 'conditions.all.20', 'there may be 20 groups'],
  ])('%j are refused by name', async (conditions, field, problem) => {
    const { status, body } = await ask(conditions);

    expect(status).toBe(400);
    expect(body.error.code).toBe('validation.failed');
    expect(body.error.details[0].field).toBe(field);
    expect(body.error.details[0].problem).toContain(problem);
  });

  it.each([
    "x'; drop table tickets; --",
    "' or '1'='1",
    '$1',
    "fire' | !fire & :*",
    String.raw`\'); select pg_sleep(5); --`,
    secret.id,
    'canary',
  ])('let %p say nothing but itself', async (value) => {
    for (const field of ['tag', 'fields.order_no', 'subject']) {
      const operator = field === 'subject' ? 'contains' : 'is';
      const { status, body } = await ask(one(field, operator, value));
      expect([field, status, body.data]).toEqual([field, 200, []]);
    }
    expect((await acme.owner.get('/tickets')).body.total).toBe(1);
  });

  it('find nothing by ids of another organization', async () => {
    for (const field of ['requesterId', 'assigneeId', 'teamId', 'companyId', 'stateId']) {
      const { body } = await ask(one(field, 'is', secret.requester.id));
      expect(body.data).toEqual([]);
    }
    expect((await ask(one('assigneeId', 'is', globex.owner.user.id))).body.data).toEqual([]);
  });
});
