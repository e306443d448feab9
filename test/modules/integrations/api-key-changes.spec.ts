import { SystemDb } from '#core/database/system-db.js';
import { useApp } from '../../support/app.js';
import { EventStream } from '../../support/event-stream.js';
import { eventually } from '../../support/jobs.js';
import { keyMadeBy } from './keys.js';

const running = await useApp({ listen: true });
const { given, clock } = running;
const acme = await given.organization();
const globex = await given.organization('Globex');
afterEach(() => clock.reset());

/** Less than an access token lives. */
const A_WHILE = 10 * 60_000;
const A_SECOND = 1_000;

const newestEvents = async (keyId: string): Promise<any[]> =>
  (await acme.events())
    .filter(({ subject, type }) => subject.id === keyId && type !== 'api_key.used_from_new_address')
    .toReversed();

describe('changing a key', () => {
  it('changes what is named, at once, and writes down what became of it', async () => {
    const key = await acme.apiKey(['tickets:read', 'users:read']);
    expect((await key.get('/users')).status).toBe(200);

    const answer = await acme.owner.patch(`/api-keys/${key.key.id}`, {
      name: 'Shop',
      scopes: ['tickets:read'],
    });

    expect(answer.status).toBe(200);
    expect(answer.body.data).toEqual({
      ...key.key,
      name: 'Shop',
      scopes: ['tickets:read'],
      lastUsedAt: answer.body.data.lastUsedAt,
      secrets: answer.body.data.secrets,
    });
    expect((await key.get('/users')).status).toBe(403);
    const [event] = await newestEvents(key.key.id);
    expect(event).toMatchObject({
      type: 'api_key.updated',
      actor: { type: 'user', id: acme.owner.user.id },
      data: { name: 'Shop', address: '127.0.0.1' },
      changes: {
        name: ['Web shop', 'Shop'],
        scopes: [['tickets:read', 'users:read'], ['tickets:read']],
      },
    });
  });

  it('is quiet when nothing is changed by it', async () => {
    const key = await acme.apiKey(['tickets:read']);

    const answer = await acme.owner.patch(`/api-keys/${key.key.id}`, { name: key.key.name });

    expect(answer.status).toBe(200);
    expect((await newestEvents(key.key.id)).map(({ type }) => type)).toEqual(['api_key.created']);
  });

  it('gives and takes an expiry, which holds though the key was used a moment before', async () => {
    const key = await acme.apiKey(['tickets:read']);
    expect((await key.get('/tickets')).status).toBe(200);
    const expiresAt = new Date(clock.now().getTime() + A_WHILE).toISOString();

    await acme.owner.patch(`/api-keys/${key.key.id}`, { expiresAt });
    expect((await key.get('/tickets')).status).toBe(200);
    clock.advance(A_WHILE);
    const past = (await key.get('/tickets')).status;
    const rotated = await acme.owner.post(`/api-keys/${key.key.id}/rotation`, {});
    clock.reset();
    await acme.owner.patch(`/api-keys/${key.key.id}`, { expiresAt: null });

    expect([past, rotated.status, rotated.body.error.code]).toEqual([401, 409, 'api_key.expired']);
    expect((await key.get('/tickets')).status).toBe(200);
  });

  it('is for those alone who hold what it could do before', async () => {
    const key = await acme.apiKey(['tickets:read', 'users:write']);
    const lesser = await keyMadeBy(running, acme.owner, {
      scopes: ['apiKeys:write', 'tickets:read'],
    });

    for (const refused of [
      await lesser.patch(`/api-keys/${key.key.id}`, { name: 'Mine' }),
      await lesser.patch(`/api-keys/${key.key.id}`, { scopes: ['tickets:read'] }),
      await lesser.post(`/api-keys/${key.key.id}/rotation`, {}),
    ]) {
      expect(refused.status).toBe(403);
      expect(refused.body.error).toMatchObject({
        code: 'api_key.scope_not_held',
        details: { scopes: ['users:write'] },
      });
    }
    expect((await lesser.delete(`/api-keys/${key.key.id}`)).status).toBe(200);
  });

  it.each([
    ['name', ''],
    ['scopes', []],
    ['expiresAt', '2020-01-01T00:00:00.000Z'],
    ['allowedNetworks', ['nowhere']],
    ['environment', 'test'],
    ['organizationId', globex.id],
    ['createdById', acme.owner.user.id],
  ])('refuses %s as %j', async (field, value) => {
    const key = await acme.apiKey(['tickets:read']);

    const answer = await acme.owner.patch(`/api-keys/${key.key.id}`, { [field]: value });

    expect(answer.status).toBe(400);
    expect(answer.body.error.details[0].field).toMatch(new RegExp(`^${field}`));
  });

  it('of a revoked one is refused, and of a foreign one answered as if it were not there', async () => {
    const [key, foreign] = [
      await acme.apiKey(['tickets:read']),
      await globex.apiKey(['tickets:read']),
    ];
    await acme.owner.delete(`/api-keys/${key.key.id}`);

    for (const [method, path, body] of [
      ['PATCH', '', { name: 'x' }],
      ['POST', '/rotation', {}],
    ] as const) {
      const gone = await acme.owner.send(method, `/api-keys/${key.key.id}${path}`, body);
      expect([gone.status, gone.body.error.code]).toEqual([409, 'api_key.revoked']);
      const other = await acme.owner.send(method, `/api-keys/${foreign.key.id}${path}`, body);
      expect([other.status, other.body.error.code]).toEqual([404, 'api_key.not_found']);
    }
    expect((await acme.owner.get(`/api-keys/${foreign.key.id}/calls`)).status).toBe(404);
    expect((await foreign.get('/tickets')).status).toBe(200);
  });
});

describe('an open stream of a key', () => {
  it.each<[string, Record<string, unknown>]>([
    ['may no longer read events', { scopes: ['tickets:read'] }],
    ['may no longer be used from here', { allowedNetworks: ['203.0.113.0/24'] }],
  ])('ends when the key %s', async (_, change) => {
    const key = await acme.apiKey(['events:read', 'tickets:read']);
    const live = await EventStream.open(running, key.token);
    await live.has(1);

    await acme.owner.patch(`/api-keys/${key.key.id}`, change);

    await expectEnd(live);
  });

  it.each(['suspended_at', 'delete_after'])(
    'ends when %s of its organization is set',
    async (column) => {
      const other = await given.organization('Other');
      const key = await other.apiKey(['events:read']);
      const live = await EventStream.open(running, key.token);
      await live.has(1);

      const { pool } = running.get(SystemDb);
      await pool.query(`update organizations set ${column} = now() where id = $1`, [other.id]);

      await expectEnd(live);
    },
  );

  it('sends nothing that happens after the expiry of the key', async () => {
    const shop = await acme.apiKey(['tickets:read', 'tickets:write']);
    const expiresAt = new Date(clock.now().getTime() + A_WHILE).toISOString();
    const key = await acme.apiKey(['events:read'], { expiresAt });
    const live = await EventStream.open(running, key.token);
    const seen = (await acme.events()).length;
    await live.has(seen);

    clock.advance(A_WHILE);
    await acme.ticket({}, shop);

    await expectEnd(live);
    expect(live.events.map(({ event }) => event).slice(seen)).not.toContain('ticket.created');
  });

  it('ends when its secret is rotated away', async () => {
    const key = await acme.apiKey(['events:read']);
    const live = await EventStream.open(running, key.token);
    await live.has(1);

    await acme.owner.post(`/api-keys/${key.key.id}/rotation`, { overlapHours: 0 });

    await expectEnd(live);
  });
});

async function expectEnd(live: EventStream): Promise<void> {
  await eventually('the end of the stream', () => live.ended, A_SECOND);
}
