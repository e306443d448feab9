import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { SystemDb } from '#core/database/system-db.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { ApiKeyJournal } from '../../../apps/api/src/modules/integrations/api-key-journal.service.js';
import { useApp } from '../../support/app.js';
import type { Answer, Client } from '../../support/as.js';
import { newTicket, type GivenOrganization } from '../../support/given.js';

const PER_CALLER = 8;
const PER_ORGANIZATION = 12;

const running = await useApp({
  settings: {
    RATE_LIMIT_PER_MINUTE: String(PER_ORGANIZATION),
    RATE_LIMIT_PER_KEY_PER_MINUTE: String(PER_CALLER),
  },
});

describe('how much may be asked for in a minute', () => {
  let acme: GivenOrganization;

  beforeAll(() => running.clock.set(new Date()));
  afterEach(() => running.clock.advance(60_000));

  async function organization(): Promise<GivenOrganization> {
    acme = await running.given.organization();
    return acme;
  }

  /** Asks `count` times and gives the statuses. */
  async function ask(caller: Client, count: number): Promise<number[]> {
    const statuses: number[] = [];
    for (let n = 0; n < count; n += 1) statuses.push((await caller.get('/me')).status);
    return statuses;
  }

  it('lets a caller have the last call that is theirs, and refuses the one after it', async () => {
    const { owner } = await organization();
    expect(await ask(owner, PER_CALLER - 1)).toEqual(Array(PER_CALLER - 1).fill(200));
    const last = await owner.get('/me');
    expect(last.status).toBe(200);
    expect(last.headers.ratelimit).toBe('"caller";r=0;t=60, "organization";r=4;t=60');

    running.clock.advance(10_500);
    const refused = await owner.get('/me');
    expect(refused.status).toBe(429);
    expect(refused.body.error).toEqual({
      code: 'limit.rate',
      message:
        'This caller has used up what may be asked for in a minute (8): wait 50 seconds and try again.',
      requestId: refused.headers['x-request-id'],
      details: { policy: 'caller', limit: 8, windowSeconds: 60, retryAfterSeconds: 50 },
    });
    expect(refused.headers).toMatchObject({
      'retry-after': '50',
      'ratelimit-policy': '"caller";q=8;w=60, "organization";q=12;w=60',
      ratelimit: '"caller";r=0;t=50, "organization";r=4;t=50',
    });
    running.clock.advance(49_499);
    expect(await ask(owner, 1)).toEqual([429]);
    running.clock.advance(1);
    expect(await ask(owner, PER_CALLER + 1)).toEqual([...Array(PER_CALLER).fill(200), 429]);
  });

  it('says with every answer to somebody who is known what is left, and to nobody else', async () => {
    const { owner } = await organization();
    const answers: Answer[] = [
      await owner.get('/me'),
      await owner.get('/tickets/nothing'),
      await owner.get('/no/such/route'),
      await owner.post('/tickets', { subject: '' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 404, 400]);
    expect(answers.map(({ headers }) => headers.ratelimit)).toEqual(
      [7, 6, 5, 4].map((r) => `"caller";r=${r};t=60, "organization";r=${r + 4};t=60`),
    );
    for (const token of [null, 'md_live_nobody', 'nonsense']) {
      const { status, headers } = await running.as(token).get('/me');
      expect(status).toBe(401);
      expect(headers.ratelimit).toBeUndefined();
    }
    expect((await running.as(owner.token).get('/health/live')).headers.ratelimit).toBeUndefined();
  });

  it('counts an organization’s callers together, takes nothing for what it refuses, and leaves others alone', async () => {
    const { owner } = await organization();
    const agent = await acme.user('agent');
    const viewer = await acme.user('viewer');
    const globex = await running.given.organization('Globex');
    expect(await ask(owner, PER_CALLER + 5)).toEqual([
      ...Array(PER_CALLER).fill(200),
      ...Array(5).fill(429),
    ]);
    expect(await ask(agent, 5)).toEqual([200, 200, 200, 200, 429]);
    const refused = await viewer.get('/me');
    expect(refused.body.error.details).toMatchObject({ policy: 'organization', limit: 12 });
    expect(refused.headers.ratelimit).toBe('"caller";r=8;t=60, "organization";r=0;t=60');
    expect(await ask(globex.owner, PER_CALLER)).toEqual(Array(PER_CALLER).fill(200));
  });

  it('takes more for what costs more, all of it or nothing', async () => {
    const { owner } = await organization();
    expect((await owner.get('/search?q=printer')).headers.ratelimit).toContain('"caller";r=3');
    const refused = await owner.get('/search?q=printer');
    expect(refused.status).toBe(429);
    expect(refused.headers.ratelimit).toContain('"caller";r=3');
    expect(await ask(owner, 4)).toEqual([200, 200, 200, 429]);
  });

  it('lets a caller have what costs more than a whole minute holds, once a minute', async () => {
    const { owner } = await organization();
    const first = await owner.post('/exports', {});
    expect(first.status).not.toBe(429);
    expect(first.headers.ratelimit).toBe('"caller";r=0;t=60, "organization";r=0;t=60');
    expect((await owner.post('/exports', {})).status).toBe(429);
  });

  it('writes one refusal of a key in a minute into its calls, and no more', async () => {
    const { owner } = await organization();
    const key = await acme.apiKey(['tickets:read']);
    const statuses: number[] = [];
    for (let n = 0; n < PER_CALLER + 6; n += 1) statuses.push((await key.get('/tickets')).status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(6);
    running.clock.advance(60_000);
    const calls = async (): Promise<{ status: number; errorCode: string | null }[]> =>
      (await owner.get(`/api-keys/${key.key.id}/calls?limit=100`)).body.data;
    await running.get(ApiKeyJournal).write();
    const refused = (await calls()).filter(({ status }) => status === 429);
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({ errorCode: 'limit.rate' });
  });

  it('takes nothing of a key for calls from where it may not be used', async () => {
    const { owner } = await organization();
    const key = await acme.apiKey(['tickets:read']);
    await owner.patch(`/api-keys/${key.key.id}`, { allowedNetworks: ['192.0.2.0/24'] });
    for (let n = 0; n < PER_CALLER + 2; n += 1)
      expect((await key.get('/tickets')).body.error.code).toBe('api_key.address_not_allowed');
  });

  it('refuses without reading the body and without asking the database', async () => {
    const { owner } = await organization();
    const worked = countDatabaseWork();
    expect(await ask(owner, PER_CALLER)).toEqual(Array(PER_CALLER).fill(200));
    expect(worked()).toBeGreaterThan(0);
    const before = worked();
    for (let n = 0; n < 10 * PER_CALLER; n += 1) {
      // Were it read, this body would be a failure of its own.
      const { status } = await owner.send('POST', '/tickets', '{ not JSON');
      expect(status).toBe(429);
    }
    expect(worked()).toBe(before);
    running.clock.advance(60_000);
    expect((await owner.post('/tickets', newTicket())).status).toBe(201);
  });

  /** Counts how often a connection to Postgres is taken from now on: nothing is sent without one. */
  function countDatabaseWork(): () => number {
    let count = 0;
    for (const { pool } of [running.get(SystemDb), running.get(TenantDb)])
      pool.on('acquire', () => (count += 1));
    return () => count;
  }
});
