import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';

const { given, clock } = await useApp();
const acme = await given.organization();
const globex = await given.organization('Globex');
afterEach(() => clock.reset());

const trail = async (query = ''): Promise<any> =>
  expectStatus(await acme.owner.get(`/audit/events${query}`), 200).body;
const typesOf = ({ data }: { data: { type: string }[] }): string[] => data.map(({ type }) => type);

describe('the trail', () => {
  it('shows who came in and what was changed, the newest first, without the work on tickets', async () => {
    const key = await acme.apiKey(['tickets:read']);
    await acme.ticket();
    await acme.owner.patch(`/api-keys/${key.key.id}`, { name: 'Shop' });

    const { data, total, totalIsExact } = await trail();

    expect(data.map(({ type }: any) => type).slice(0, 2)).toEqual([
      'api_key.updated',
      'api_key.created',
    ]);
    expect(data.map(({ seq }: any) => seq)).toEqual(
      data.map(({ seq }: any) => seq).toSorted((a: number, b: number) => b - a),
    );
    expect(typesOf({ data }).some((type) => /^(ticket|mail)\./.test(type))).toBe(false);
    expect([total, totalIsExact]).toEqual([data.length, true]);
    const [fromFeed] = (await acme.events(data[0].seq - 1)) as [any];
    expect(data[0]).toEqual({
      ...fromFeed,
      actor: { ...fromFeed.actor, name: acme.owner.user.name },
    });
  });

  it('is filtered by names, by domain, by who did it and by what it was done to', async () => {
    const admin = await acme.user('admin', 'Ada Admin');
    const made = expectStatus(
      await admin.post('/api-keys', { name: 'Ada’s', scopes: ['tickets:read'] }),
      201,
    ).body.data;
    const key = await acme.apiKey(['tickets:read', 'apiKeys:write']);
    await key.post('/api-keys', { name: 'Of a key', scopes: ['tickets:read'] });

    expect(new Set(typesOf(await trail('?types=api_key.*')))).toEqual(
      new Set(['api_key.created', 'api_key.updated']),
    );
    expect(typesOf(await trail('?types=api_key.revoked,user.joined&limit=1'))).toEqual([
      'user.joined',
    ]);
    expect(typesOf(await trail('?types=api_key.revoked&types=user.joined&limit=1'))).toEqual([
      'user.joined',
    ]);
    const byAda = await trail(`?actorId=${admin.user.id}`);
    expect(byAda.data.map(({ actor }: any) => actor.name)).toEqual(
      byAda.data.map(() => 'Ada Admin'),
    );
    expect(typesOf(byAda)).toContain('api_key.created');
    expect(typesOf(await trail(`?subjectId=${made.id}`))).toEqual(['api_key.created']);
    const byKey = await trail(`?actorId=${key.key.id}&types=api_key.created`);
    expect(byKey.data.map(({ actor }: any) => actor)).toEqual([
      { type: 'api_key', id: key.key.id, name: 'Web shop' },
    ]);
    // An underscore is no wildcard, and what is not of the trail is not in it.
    expect((await trail('?types=apixkey.*')).data).toEqual([]);
    expect((await trail('?types=ticket.*')).data).toEqual([]);
  });

  it('is cut by time, from an instant on and up to another', async () => {
    clock.advance(60_000);
    const from = clock.now().toISOString();
    await acme.apiKey(['tickets:read'], { name: 'At the start' });
    clock.advance(60_000);
    const to = clock.now().toISOString();
    await acme.apiKey(['tickets:read'], { name: 'At the end' });

    const { data } = await trail(`?from=${from}&to=${to}&types=api_key.created`);

    expect(data.map(({ data: { name } }: any) => name)).toEqual(['At the start']);
  });

  it.each([
    '2026-01-01',
    '2026-01-01T10:00:00Z',
    '2026-01-01T10:00:00.123456+02:00',
    '1970-01-01',
    '9999-12-31T23:59:59-12:00',
  ])('takes %s for an instant', async (instant) => {
    expect((await acme.owner.get(`/audit/events?to=${encodeURIComponent(instant)}`)).status).toBe(
      200,
    );
  });

  it('is paged by its places, also while it grows', async () => {
    const all = (await trail('?limit=100')).data;
    const seen = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: any = await trail(`?limit=3${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.data);
      cursor = page.nextCursor;
      await acme.apiKey(['tickets:read']);
    }

    expect(seen.map(({ seq }) => seq)).toEqual(all.map(({ seq }: any) => seq));
  });

  it('is of one organization alone, whoever is named', async () => {
    const { data } = expectStatus(
      await globex.owner.get(`/audit/events?actorId=${acme.owner.user.id}`),
      200,
    ).body;

    expect(data).toEqual([]);
    const own = expectStatus(await globex.owner.get('/audit/events'), 200).body.data;
    expect(own.map(({ organizationId }: any) => organizationId)).toEqual(own.map(() => globex.id));
  });

  it.each([
    ['types', 'auth'],
    ['types', '*'],
    ['types', "auth.x'--"],
    ['types', Array.from({ length: 31 }, () => 'auth.x').join(',')],
    ['actorId', 'me'],
    ['subjectId', '1'],
    ['from', 'yesterday'],
    ['to', '2026-13-01'],
    ['from', '0000-01-01'],
    ['from', '2026-W01'],
    ['from', '2026-01-01T10:00:00'],
    ['to', '2026-02-30'],
    ['cursor', 'abc'],
    ['limit', '101'],
    ['organizationId', globex.id],
  ])('refuses %s=%s', async (name, value) => {
    const answer = await acme.owner.get(`/audit/events?${name}=${encodeURIComponent(value)}`);

    expect([answer.status, answer.body.error.details[0].field]).toEqual([400, name]);
  });

  it.each(['events', 'export?format=csv', 'verification'])(
    'of /audit/%s needs the permission',
    async (path) => {
      const viewer = await acme.user('viewer');
      const key = await acme.apiKey(['events:read']);

      for (const caller of [viewer, key]) {
        const answer = await caller.get(`/audit/${path}`);
        expect([answer.status, answer.body.error.details]).toEqual([
          403,
          { permission: 'audit:read' },
        ]);
      }
    },
  );
});
