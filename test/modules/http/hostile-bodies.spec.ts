import { useApp } from '../../support/app.js';
import type { Answer, Method } from '../../support/as.js';
import { addressOf, newTicket, PASSWORD } from '../../support/given.js';
import { BELIEVE_ADDRESSES, freshAddress } from '../../support/visitor.js';

const { given, as } = await useApp({ settings: BELIEVE_ADDRESSES });
const acme = await given.organization();
const globex = await given.organization('Globex');
const ticket = await acme.ticket();
const anybody = as(null);

interface Target {
  method: Method;
  path: string;
  client: typeof anybody;
  /** A good body; its fields are spoilt one by one. */
  body: () => Record<string, unknown>;
}

const targets: Record<string, Target> = {
  register: {
    method: 'POST',
    path: '/auth/registrations',
    client: anybody,
    body: () => ({ organizationName: 'Acme', name: 'Olga', email: addressOf('fuzz') }),
  },
  'sign in': {
    method: 'POST',
    path: '/auth/sessions',
    client: anybody,
    // Another organization's: a failure is written into its log once the answer is out.
    body: () => ({ email: globex.owner.user.email, password: PASSWORD, organizationId: globex.id }),
  },
  'make a key': {
    method: 'POST',
    path: '/api-keys',
    client: acme.owner,
    body: () => ({ name: 'Key', scopes: ['tickets:read'], expiresAt: '2999-01-01T00:00:00.000Z' }),
  },
  'open a ticket': {
    method: 'POST',
    path: '/tickets',
    client: acme.owner,
    body: () => newTicket({ priority: 'low', tags: ['a'], assigneeId: acme.owner.user.id }),
  },
  'change a ticket': {
    method: 'PATCH',
    path: `/tickets/${ticket.id}`,
    client: acme.owner,
    body: () => ({ subject: 'Changed', priority: 'high', status: 'pending', tags: ['b'] }),
  },
  'assign a ticket': {
    method: 'PUT',
    path: `/tickets/${ticket.id}/assignment`,
    client: acme.owner,
    body: () => ({ assigneeId: acme.owner.user.id }),
  },
  'write a message': {
    method: 'POST',
    path: `/tickets/${ticket.id}/messages`,
    client: acme.owner,
    body: () => ({ kind: 'note', body: 'Fine.' }),
  },
};
const names = Object.keys(targets);

/** Wrong for every field that we have: none is a number, a truth value or a bare object. */
const wrongTypes: unknown[] = [
  true,
  7,
  -1,
  1.5,
  {},
  { $ne: null },
  { a: { b: 1 } },
  [[]],
  [{}],
  [null],
  [7],
];
/** Odd strings: refused or stored, never a failure. */
const oddStrings = [
  'x'.repeat(250_000),
  '\u202e\u200b\ufeff',
  "'; drop table tickets; --",
  '../../etc/passwd',
  '{{7*7}}${7*7}%s%n',
  '𝒳'.repeat(300),
  '-1',
  'null',
];

async function lastSeq(): Promise<number> {
  return (await acme.owner.get('/events?limit=1')).body.total;
}
function refusal({ status, body }: Answer): string[] {
  expect(status).toBe(400);
  expect(body.error.code).toBe('validation.failed');
  return body.error.details.map(({ field }: { field: string }) => field);
}
const send = ({ client, method, path }: Target, body: unknown): Promise<Answer> =>
  client.send(method, path, body, { headers: { 'x-forwarded-for': freshAddress() } });

describe.each(names)('to %s', (name) => {
  const target = targets[name]!;
  const fields = Object.keys(target.body());

  it.each(fields)('a wrong type of %s is named, and nothing is written', async (field) => {
    const before = await lastSeq();

    for (const value of wrongTypes) {
      const answer = await send(target, { ...target.body(), [field]: value });
      const [named] = refusal(answer);
      expect(named!.split('.')[0]).toBe(field);
    }

    expect(await lastSeq()).toBe(before);
  });

  it.each(fields)('%s as null is a refusal or the same as absent', async (field) => {
    const answer = await send(target, { ...target.body(), [field]: null });

    expect([200, 201, 400]).toContain(answer.status);
    if (answer.status === 400) expect(refusal(answer)[0]!.split('.')[0]).toBe(field);
  });

  it.each(fields)('an odd string as %s does no harm', async (field) => {
    for (const value of oddStrings) {
      const before = await lastSeq();
      const answer = await send(target, { ...target.body(), [field]: value });
      expect(answer.status).toBeLessThan(500);
      if (answer.status >= 400) expect(await lastSeq()).toBe(before);
    }
  });

  it.each([
    'organizationId',
    'id',
    'role',
    'number',
    'createdAt',
    'companyId',
    'version',
    'permissions',
  ])('the field %s, which is the server’s to say, is refused', async (field) => {
    if (fields.includes(field)) return;
    const before = await lastSeq();

    const answer = await send(target, { ...target.body(), [field]: globex.id });

    expect(refusal(answer)).toEqual([field]);
    expect(answer.body.error.details[0].problem).toBe('is not a known field');
    expect(await lastSeq()).toBe(before);
  });

  it.each(['__proto__', 'constructor'])('a body with %s is refused', async (key) => {
    const text = JSON.stringify(target.body()).replace(
      /\}$/,
      `,"${key}":{"prototype":{"role":"x"}}}`,
    );

    const answer = await target.client.send(target.method, target.path, text);

    expect(answer.status).toBe(400);
    expect(({} as { role?: string }).role).toBeUndefined();
  });

  it.each([
    ['an array', '[]'],
    ['an array of bodies', '[{"subject":"x"}]'],
    ['a string', '"x"'],
    ['a number', '7'],
    ['null', 'null'],
    ['true', 'true'],
    ['nothing', ''],
    ['half an object', '{"subject":"x"'],
    ['two objects', '{}{}'],
    ['a form', 'subject=x&body=y'],
    ['NaN', '{"subject":NaN}'],
    ['a single quote', "{'subject':'x'}"],
    ['depth', '['.repeat(100_000)],
    ['closed depth', `{"subject":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
  ])('%s instead of an object is refused', async (_, text) => {
    const before = await lastSeq();

    const answer = await target.client.send(target.method, target.path, text, {
      headers: { 'content-type': 'application/json' },
    });

    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe('validation.failed');
    expect(await lastSeq()).toBe(before);
  });

  it.each([
    ['a NUL', '\\u0000'],
    ['half a surrogate pair', '\\ud800'],
    ['the other half', 'a\\udc00b'],
  ])('%s in a string is refused by the name of the field', async (_, escape) => {
    const [field] = fields;
    const text = JSON.stringify({ ...target.body(), [field!]: 'X' }).replace('"X"', `"x${escape}"`);

    expect(refusal(await target.client.send(target.method, target.path, text))).toEqual([field]);
  });

  it('bytes that are not UTF-8 are refused', async () => {
    const text = JSON.stringify({ ...target.body(), [fields[0]!]: 'X' });
    const [before, after] = text.split('"X"');
    const bytes = Buffer.concat([
      Buffer.from(`${before}"`),
      Buffer.from([0xc3, 0x28, 0xff]),
      Buffer.from(`"${after}`),
    ]);

    expect(refusal(await target.client.send(target.method, target.path, bytes))).toEqual(['body']);
  });
});

describe('a ticket with parts that are wrong inside', () => {
  it.each([
    ['requester', 'x', 'requester'],
    ['requester', {}, 'requester.email'],
    ['requester', { email: 'x' }, 'requester.email'],
    ['requester', { email: 'a@b.example', role: 'owner' }, 'requester.role'],
    ['requester', { email: 'a@b.example', name: ['x'] }, 'requester.name'],
    ['requester', { email: ['a@b.example'] }, 'requester.email'],
    ['requester', [{ email: 'a@b.example' }], 'requester'],
    ['tags', ['a', 'a'], 'tags'],
    ['tags', [''], 'tags'],
    ['tags', ['a,b'], 'tags'],
    ['tags', ['a', 7], 'tags'],
    ['tags', ['x'.repeat(51)], 'tags'],
    ['tags', Array.from({ length: 51 }, (_, i) => `t${i}`), 'tags'],
    ['tags', { 0: 'a', length: 1 }, 'tags'],
    ['subject', '   ', 'subject'],
    ['subject', 'x'.repeat(501), 'subject'],
    ['assigneeId', `${acme.owner.user.id}' or '1'='1`, 'assigneeId'],
  ])('%s %j is named', async (field, value, named) => {
    const answer = await acme.owner.post('/tickets', newTicket({ [field]: value }));

    expect(refusal(answer)[0]!.split('.').slice(0, named.split('.').length).join('.')).toBe(named);
  });

  it('names every field that is wrong, at once', async () => {
    const answer = await acme.owner.post('/tickets', { subject: '', priority: 'no', extra: 1 });

    expect(refusal(answer).sort()).toEqual(['body', 'extra', 'priority', 'requester', 'subject']);
  });
});
