import { SystemDb } from '#core/database/system-db.js';
import { EndedSessions } from '../../../apps/api/src/modules/auth/ended-sessions.service.js';
import { useApp } from '../../support/app.js';
import { PASSWORD, type GivenOrganization } from '../../support/given.js';
import { BELIEVE_ADDRESSES, Visitor } from '../../support/visitor.js';

const running = await useApp({ settings: BELIEVE_ADDRESSES });
const { given, as, clock } = running;

afterEach(() => clock.reset());

const DAY = 24 * 3_600_000;
const visitor = () => new Visitor(running);

/** A further session of the owner, from a browser of its own. */
async function sessionOf(acme: GivenOrganization) {
  const browser = visitor();
  const { body } = await browser.signIn(acme.owner.user.email, PASSWORD, acme.id);
  return { browser, client: as(body.data.accessToken) };
}

/** A further organization of the same person, made by a session of its own. */
async function furtherOf(acme: GivenOrganization, name: string) {
  const { client } = await sessionOf(acme);
  const { body } = await client.post('/organizations', { name });
  return { id: body.data.organization.id as string, client: as(body.data.accessToken) };
}

describe('the list of sessions', () => {
  it('is of the person, in words, with the one that asks', async () => {
    const acme = await given.organization();
    clock.advance(1_000);
    const { client } = await sessionOf(acme);

    const { body } = await client.get('/auth/sessions');

    expect(body.data).toEqual([
      {
        id: expect.any(String),
        organization: { id: acme.id, name: 'Acme Support' },
        method: 'password',
        secondFactor: false,
        device: 'Firefox on Linux',
        createdAt: expect.stringMatching(/Z$/),
        lastUsedAt: expect.stringMatching(/Z$/),
        current: true,
      },
      expect.objectContaining({ device: 'Unknown device', current: false }),
    ]);
    expect(body).toMatchObject({ total: 2, totalIsExact: true, nextCursor: null });
  });

  it('pages by cursor', async () => {
    const acme = await given.organization();
    for (const _ of [1, 2, 3]) await sessionOf(acme);
    const seen = [];
    let path = '/auth/sessions?limit=2';
    for (let page = 0; page < 2; page += 1) {
      const { body } = await acme.owner.get(path);
      seen.push(...body.data.map(({ id }: any) => id));
      path = `/auth/sessions?limit=2&cursor=${body.nextCursor}`;
    }

    expect(new Set(seen).size).toBe(4);
  });

  it('leaves out what has ended', async () => {
    const acme = await given.organization();
    const { client } = await sessionOf(acme);
    await client.delete('/auth/sessions/current');

    expect((await acme.owner.get('/auth/sessions')).body.data).toHaveLength(1);
  });

  it('is nothing for an API key', async () => {
    const key = await (await given.organization()).apiKey(['tickets:read']);

    for (const path of ['/auth/sessions', '/me/organizations'])
      expect((await key.get(path)).body.error.code).toBe('auth.people_only');
    expect((await key.delete('/auth/sessions')).status).toBe(403);
    expect((await key.post('/organizations', { name: 'Mine' })).status).toBe(403);
  });
});

describe('ending sessions', () => {
  it('ends one at once, with its cookie, and tells its organization', async () => {
    const acme = await given.organization();
    const { browser, client } = await sessionOf(acme);
    const [{ id }] = (await client.get('/auth/sessions')).body.data;
    const before = (await acme.events()).at(-1).seq;

    expect((await acme.owner.delete(`/auth/sessions/${id}`)).status).toBe(200);
    expect((await acme.owner.delete(`/auth/sessions/${id}`)).status).toBe(200);

    expect((await client.get('/me')).status).toBe(401);
    expect((await browser.post('/auth/sessions/refresh')).status).toBe(401);
    expect(await acme.events(before)).toMatchObject([
      { type: 'auth.session_revoked', subject: { type: 'session', id } },
    ]);
  });

  it('takes the session of another person for none', async () => {
    const [acme, other] = [await given.organization(), await given.organization()];
    const [{ id }] = (await other.owner.get('/auth/sessions')).body.data;
    const foreign = await acme.owner.delete(`/auth/sessions/${id}`);
    const missing = await acme.owner.delete('/auth/sessions/0198c1a2-0000-7000-8000-000000000000');

    expect(foreign.status).toBe(404);
    const plain = ({ body }: typeof foreign) => ({ ...body.error, requestId: null });
    expect(plain(foreign)).toEqual(plain(missing));
    expect((await other.owner.get('/me')).status).toBe(200);
  });

  it('ends all but the one that asks, in every organization', async () => {
    const acme = await given.organization();
    const further = await furtherOf(acme, 'Further');
    const { client } = await sessionOf(acme);

    const answer = await client.delete('/auth/sessions');

    expect(answer.body.message).toMatch(/2/);
    expect((await client.get('/me')).status).toBe(200);
    expect((await acme.owner.get('/me')).status).toBe(401);
    expect((await further.client.get('/me')).status).toBe(401);
  });
});

it('sessions that ended a month ago are forgotten, and no others', async () => {
  const acme = await given.organization();
  await acme.owner.delete('/auth/sessions/current');
  const other = await given.organization();
  const { client } = running.get(SystemDb);
  const left = () =>
    client.session.count({ where: { organizationId: { in: [acme.id, other.id] } } });
  clock.advance(29 * DAY);
  await running.get(EndedSessions).sweep();
  expect(await left()).toBe(2);

  clock.advance(2 * DAY);
  await running.get(EndedSessions).sweep();
  expect(await left()).toBe(1);
});

describe('several organizations', () => {
  it('are listed with the role in each', async () => {
    const acme = await given.organization();
    const further = await furtherOf(acme, 'Further');

    const { body } = await acme.owner.get('/me/organizations');

    const shared = { role: 'owner', roleName: 'owner', slug: expect.any(String) };
    const lastActiveAt = expect.stringMatching(/Z$/);
    expect(body.data).toEqual([
      { id: further.id, name: 'Further', current: false, lastActiveAt, ...shared },
      { id: acme.id, name: 'Acme Support', current: true, lastActiveAt, ...shared },
    ]);
    expect(body.total).toBe(2);
  });

  it('are switched by a new token; the old one dies at once', async () => {
    const acme = await given.organization();
    const further = await furtherOf(acme, 'Further');
    const { browser, client } = await sessionOf(acme);
    await acme.ticket();
    expect((await client.get('/tickets')).body.data).toHaveLength(1);

    const moved = await client.post('/auth/sessions/switch', { organizationId: further.id });

    expect(moved.status).toBe(200);
    expect(moved.body.data.organization.id).toBe(further.id);
    expect((await client.get('/tickets')).status).toBe(401);
    const there = as(moved.body.data.accessToken);
    expect((await there.get('/tickets')).body.data).toEqual([]);
    const refreshed = await browser.post('/auth/sessions/refresh');
    expect(refreshed.body.data.organization.id).toBe(further.id);
    const signedIn = await visitor().signIn(acme.owner.user.email, PASSWORD);
    expect(signedIn.body.data.organization.id).toBe(further.id);
    const back = await there.post('/auth/sessions/switch', { organizationId: acme.id });
    expect((await as(back.body.data.accessToken).get('/tickets')).body.data).toHaveLength(1);
  });

  it('are each told of the switch, and none of the other', async () => {
    const acme = await given.organization();
    const further = await furtherOf(acme, 'Further');
    const { client } = await sessionOf(acme);
    const before = (await acme.events()).at(-1).seq;
    await client.post('/auth/sessions/switch', { organizationId: further.id });

    const here = await acme.events(before);
    const there = (await further.client.get('/events?after=0&limit=1000')).body.data;

    expect(here).toMatchObject([{ type: 'auth.organization_switched', data: { to: 'another' } }]);
    expect(there.at(-1)).toMatchObject({
      type: 'auth.organization_switched',
      data: { to: 'this', method: 'password' },
    });
    expect(JSON.stringify(here)).not.toContain(further.id);
    expect(JSON.stringify(there)).not.toContain(acme.id);
  });

  it('that the person is not in are like those that are not there', async () => {
    const [acme, other] = [await given.organization(), await given.organization()];
    const to = (organizationId: string) =>
      acme.owner.post('/auth/sessions/switch', { organizationId });
    const [foreign, missing] = [
      await to(other.id),
      await to('0198c1a2-0000-7000-8000-000000000000'),
    ];

    expect(foreign.status).toBe(404);
    expect({ ...foreign.body.error, requestId: null }).toEqual({
      ...missing.body.error,
      requestId: null,
    });
    expect((await acme.owner.get('/me')).body.data.organization.id).toBe(acme.id);
  });

  it('are switched by twenty at once to one place', async () => {
    const acme = await given.organization();
    const further = await furtherOf(acme, 'Further');
    const { client } = await sessionOf(acme);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        client.post('/auth/sessions/switch', { organizationId: further.id }),
      ),
    );

    const moved = answers.filter(({ status }) => status === 200);
    expect(moved.length).toBeGreaterThan(0);
    for (const { status } of answers) expect([200, 401]).toContain(status);
    expect((await as(moved[0]!.body.data.accessToken).get('/me')).status).toBe(200);
    expect((await client.get('/me')).status).toBe(401);
  });
});
