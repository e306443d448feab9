import { useApp } from '../../support/app.js';
import { eventually } from '../../support/jobs.js';
import type { Client } from '../../support/as.js';

const { given, as, clock } = await useApp();
const acme = await given.organization();
/** Whose credential outlives the tests that move the clock. */
const watcher = await acme.apiKey(['apiKeys:read', 'events:read']);
afterEach(() => clock.reset());

const AN_HOUR = 3_600_000;

async function rotated(keyId: string, body: Record<string, unknown> = {}): Promise<[Client, any]> {
  const answer = await acme.owner.post(`/api-keys/${keyId}/rotation`, body);
  expect(answer.status).toBe(201);
  return [as(answer.body.data.secret), answer.body.data];
}

const statuses = async (...keys: Client[]): Promise<number[]> => {
  const answers = [];
  for (const key of keys) answers.push((await key.get('/tickets')).status);
  return answers;
};

const typesOf = async (keyId: string): Promise<string[]> =>
  (await acme.events())
    .filter(({ subject, type }) => subject.id === keyId && type !== 'api_key.used_from_new_address')
    .map(({ type }) => type);

describe('rotating a key', () => {
  it('leaves the secret of before alive for the overlap, and no longer', async () => {
    const first = await acme.apiKey(['tickets:read']);
    const [second, shown] = await rotated(first.key.id);

    expect(shown.secret).toMatch(/^md_live_/);
    expect(shown).toMatchObject({ id: first.key.id, prefix: shown.secret.slice(0, 12) });
    expect(shown.secrets).toHaveLength(2);
    expect(shown.secrets[0]).toMatchObject({
      prefix: shown.prefix,
      expiresAt: null,
      endedAt: null,
    });
    const { expiresAt } = shown.secrets[1];
    expect(Math.round((Date.parse(expiresAt) - Date.now()) / AN_HOUR)).toBe(24);
    expect(await statuses(first, second)).toEqual([200, 200]);

    clock.set(expiresAt);

    expect(await statuses(first, second)).toEqual([401, 200]);
    const [listed] = (await watcher.get('/api-keys')).body.data;
    expect(listed.secrets[1]).toMatchObject({ endedAt: expiresAt, endedBecause: 'rotated' });
    expect((await watcher.get('/events?limit=1000')).text).not.toContain(shown.secret);
  });

  it('a second time within the overlap ends the oldest at once', async () => {
    const first = await acme.apiKey(['tickets:read']);
    const [second] = await rotated(first.key.id);
    expect(await statuses(first, second)).toEqual([200, 200]);

    const [third] = await rotated(first.key.id, { overlapHours: 1 });

    expect(await statuses(first, second, third)).toEqual([401, 200, 200]);
    expect(await typesOf(first.key.id)).toEqual([
      'api_key.created',
      'api_key.rotated',
      'api_key.secret_ended',
      'api_key.rotated',
    ]);
    clock.advance(AN_HOUR);
    expect(await statuses(second, third)).toEqual([401, 200]);
  });

  it('without an overlap ends the secret of before at once', async () => {
    const first = await acme.apiKey(['tickets:read']);
    expect(await statuses(first)).toEqual([200]);

    const [second, shown] = await rotated(first.key.id, { overlapHours: 0 });

    expect(await statuses(first, second)).toEqual([401, 200]);
    expect(shown.secrets[1].endedBecause).toBe('rotated');
  });

  it('by many at once leaves two secrets alive', async () => {
    const first = await acme.apiKey(['tickets:read']);

    const made = await Promise.all(Array.from({ length: 5 }, () => rotated(first.key.id)));

    const alive = (await statuses(first, ...made.map(([key]) => key))).filter((s) => s === 200);
    expect(alive).toHaveLength(2);
  });

  it('needs no body', async () => {
    const key = await acme.apiKey(['tickets:read']);

    const answer = await acme.owner.post(`/api-keys/${key.key.id}/rotation`);

    expect(answer.status).toBe(201);
    expect(await statuses(key, as(answer.body.data.secret))).toEqual([200, 200]);
  });

  it.each([-1, 169, 1.5, '1', null])('refuses an overlap of %j', async (overlapHours) => {
    const key = await acme.apiKey(['tickets:read']);

    const answer = await acme.owner.post(`/api-keys/${key.key.id}/rotation`, { overlapHours });

    expect([answer.status, (await key.get('/tickets')).status]).toEqual([
      overlapHours === null ? 201 : 400,
      200,
    ]);
  });

  it('notes the last use of each secret by itself', async () => {
    const first = await acme.apiKey(['tickets:read']);
    const [second] = await rotated(first.key.id);
    await second.get('/tickets');

    const secrets = await eventually('the use is noted', async () => {
      const { body } = await acme.owner.get('/api-keys');
      const key = body.data.find(({ id }: { id: string }) => id === first.key.id);
      return key.lastUsedAt !== null && key.secrets;
    });

    expect(secrets.map(({ lastUsedAt }: any) => lastUsedAt !== null)).toEqual([true, false]);
  });
});
