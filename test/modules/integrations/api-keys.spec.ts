import {
  looksLikeApiKey,
  newApiKeySecret,
} from '../../../apps/api/src/modules/integrations/api-key-secret.js';
import { useApp } from '../../support/app.js';
import { asOwner } from '../../support/database.js';
import { newTicket } from '../../support/given.js';
import { eventually } from '../../support/jobs.js';

const { given, as, clock, database } = await useApp();
const acme = await given.organization();
const globex = await given.organization('Globex');

afterEach(() => clock.reset());

const HOUR = 3_600_000;
const inAnHour = (): string => new Date(clock.now().getTime() + HOUR).toISOString();

describe('making a key', () => {
  it('tells the secret this once', async () => {
    const body = { name: 'Web shop', scopes: ['tickets:read', 'tickets:write'] };

    const answer = await acme.owner.post('/api-keys', body);

    expect(answer.status).toBe(201);
    const { secret, ...key } = answer.body.data;
    expect(secret).toMatch(/^md_live_[0-9A-Za-z]{42}$/);
    expect(key).toEqual({
      ...body,
      id: expect.any(String),
      prefix: secret.slice(0, 12),
      environment: 'live',
      allowedNetworks: [],
      createdBy: { id: acme.owner.user.id, name: acme.owner.user.name },
      createdAt: expect.any(String),
      lastUsedAt: null,
      expiresAt: null,
      revokedAt: null,
      secrets: [
        {
          id: expect.any(String),
          prefix: secret.slice(0, 12),
          issuedTo: { id: acme.owner.user.id, name: acme.owner.user.name },
          createdAt: expect.any(String),
          lastUsedAt: null,
          expiresAt: null,
          endedAt: null,
          endedBecause: null,
        },
      ],
      hasLiveSecret: true,
    });
    const listed = await acme.owner.get('/api-keys');
    expect(listed.body.data[0]).toEqual(key);
    expect(listed.text).not.toContain(secret);
    expect(JSON.stringify(await acme.events())).not.toContain(secret);
  });

  it('keeps nothing from which the secret could be told', async () => {
    const key = await acme.apiKey(['tickets:read']);

    const { rows } = await asOwner(database, (client) =>
      client.query(
        'select k::text || s::text as row from api_keys k join api_key_secrets s on s.key_id = k.id where k.id = $1',
        [key.key.id],
      ),
    );

    expect(rows[0].row).toContain('Web shop');
    expect(rows[0].row).not.toContain(key.token!.slice(12));
  });

  it('refuses to give what the maker does not have', async () => {
    const maker = await acme.apiKey(['apiKeys:write', 'tickets:read']);

    const answer = await maker.post('/api-keys', {
      name: 'More',
      scopes: ['tickets:read', 'tickets:write', 'users:read'],
    });

    expect(answer.status).toBe(403);
    expect(answer.body.error).toMatchObject({
      code: 'api_key.scope_not_held',
      details: { scopes: ['tickets:write', 'users:read'] },
    });
    expect((await maker.post('/api-keys', { name: 'Less', scopes: ['tickets:read'] })).status).toBe(
      201,
    );
  });

  it.each([
    ['name', ''],
    ['name', 'x'.repeat(101)],
    ['scopes', []],
    ['scopes', ['tickets:everything']],
    ['scopes', ['tickets:read', 'tickets:read']],
    ['scopes', 'tickets:read'],
    ['expiresAt', 'tomorrow'],
    ['expiresAt', '2099-W10'],
    ['expiresAt', '2099-100'],
    ['expiresAt', '9999-12-31T23:59:59-12:00'],
    ['expiresAt', '2020-01-01T00:00:00.000Z'],
  ])('names %s when it is %j', async (field, value) => {
    const answer = await acme.owner.post('/api-keys', {
      name: 'Key',
      scopes: ['tickets:read'],
      [field]: value,
    });

    expect(answer.status).toBe(400);
    expect(answer.body.error.details).toEqual([{ field, problem: expect.any(String) }]);
  });
});

describe('a key', () => {
  it('acts as itself', async () => {
    const key = await acme.apiKey(['tickets:write', 'tickets:read']);

    const ticket = await acme.ticket({}, key);

    expect(ticket.channel).toBe('api');
    const event = (await acme.events()).find(({ subject }) => subject.id === ticket.id);
    expect(event.actor).toEqual({ type: 'api_key', id: key.key.id });
  });

  it('remembers when it was used', async () => {
    const key = await acme.apiKey(['tickets:read']);
    await key.get('/tickets');

    const used = await eventually('the use is noted', async () => {
      const { body } = await acme.owner.get('/api-keys');
      return body.data.find(({ id }: { id: string }) => id === key.key.id).lastUsedAt ?? undefined;
    });

    expect(Date.parse(used)).toBeGreaterThan(Date.parse(key.key.createdAt) - 1);
  });

  it('is refused by its checksum when a letter is another', async () => {
    const key = await acme.apiKey(['tickets:read']);
    const last = key.token!.at(-1) === 'a' ? 'b' : 'a';

    expect(looksLikeApiKey(key.token!)).toBe(true);
    for (const bad of [
      `${key.token!.slice(0, -1)}${last}`,
      `${key.token}0`,
      'md_live_',
      'md_live_abc',
    ]) {
      expect(looksLikeApiKey(bad)).toBe(false);
      expect((await as(bad).get('/tickets')).status).toBe(401);
    }
  });

  it('that was never made is refused though its checksum is right', async () => {
    expect((await as(newApiKeySecret().secret).get('/tickets')).status).toBe(401);
  });

  it('ends at its expiry, though it was used a moment before', async () => {
    const key = await acme.apiKey(['tickets:read'], { expiresAt: inAnHour() });
    clock.advance(HOUR - 1_000);
    expect((await key.get('/tickets')).status).toBe(200);

    clock.advance(1_000);

    expect((await key.get('/tickets')).status).toBe(401);
  });

  it('is of one organization, whatever the request says', async () => {
    const key = await globex.apiKey(['tickets:read', 'organization:read']);
    const ticket = await acme.ticket();

    expect((await key.get('/organization')).body.data.id).toBe(globex.id);
    expect((await key.get(`/tickets/${ticket.id}`)).status).toBe(404);
    expect((await key.get('/tickets')).body.data).toEqual([]);
  });
});

describe('revoking a key', () => {
  it('ends it at once and says so once in the log', async () => {
    const key = await acme.apiKey(['tickets:read']);
    expect((await key.get('/tickets')).status).toBe(200);

    const first = await acme.owner.delete(`/api-keys/${key.key.id}`);
    const status = (await key.get('/tickets')).status;
    const again = await acme.owner.delete(`/api-keys/${key.key.id}`);

    expect([first.status, status, again.status]).toEqual([200, 401, 200]);
    const revocations = (await acme.events()).filter(
      ({ type, subject }) => type === 'api_key.revoked' && subject.id === key.key.id,
    );
    expect(revocations).toHaveLength(1);
    const listed = (await acme.owner.get('/api-keys')).body.data;
    const shown = listed.find(({ id }: { id: string }) => id === key.key.id);
    expect(shown.revokedAt).toEqual(expect.any(String));
  });

  it('of another organization is answered as if it were not there, and does nothing', async () => {
    const key = await globex.apiKey(['tickets:read']);

    const foreign = await acme.owner.delete(`/api-keys/${key.key.id}`);
    const absent = await acme.owner.delete('/api-keys/01900000-0000-7000-8000-000000000000');

    expect(foreign.status).toBe(404);
    expect({ ...foreign.body.error, requestId: '' }).toEqual({
      ...absent.body.error,
      requestId: '',
    });
    expect((await key.get('/tickets')).status).toBe(200);
  });

  it('leaves what the key wrote', async () => {
    const key = await acme.apiKey(['tickets:write', 'tickets:read']);
    const ticket = await acme.ticket({}, key);
    await key.post(`/tickets/${ticket.id}/messages`, { kind: 'note', body: 'From the shop.' });

    await acme.owner.delete(`/api-keys/${key.key.id}`);

    const { body } = await acme.owner.get(`/tickets/${ticket.id}/messages`);
    expect(body.data[1].author).toEqual({ type: 'api_key', id: key.key.id, name: 'Web shop' });
    expect((await key.post('/tickets', newTicket())).status).toBe(401);
  });
});
