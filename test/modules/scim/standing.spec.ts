import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import {
  entraActive,
  entraChange,
  oktaActive,
  oktaUser,
  SCIM_JSON,
} from '../../support/directory-requests.js';
import { addressOf, PASSWORD } from '../../support/given.js';
import { eventually } from '../../support/jobs.js';

const running = await useApp();
const USERS = '/scim/v2/Users';

async function directory() {
  const acme = await running.given.organization();
  return { acme, key: await acme.apiKey(['directory:write'], { name: 'Directory' }) };
}

/** An agent whom the directory keeps. */
async function kept() {
  const { acme, key } = await directory();
  const agent = await acme.user('agent');
  expectStatus(await key.post(USERS, oktaUser(agent.user.email)), 201);
  return { acme, key, agent, path: `${USERS}/${agent.user.id}` };
}

const signIn = (email: string) =>
  running.as(null).post('/auth/sessions', { email, password: PASSWORD });

describe('shutting somebody out', () => {
  it.each([
    ['as Okta does', oktaActive(false)],
    ['as Entra ID does, by a text', entraActive('False')],
  ])('ends sessions and secrets at once, and no password brings them back: %s', async (_, body) => {
    const { acme, key, agent, path } = await kept();
    const admin = await acme.user('admin');
    expectStatus(await key.post(USERS, oktaUser(admin.user.email)), 201);
    const made = { name: 'Theirs', scopes: ['tickets:read'] };
    const secret = expectStatus(await admin.post('/api-keys', made), 201).body.data.secret;
    expect((await running.as(secret).get('/tickets')).status).toBe(200);

    const answer = expectStatus(await key.patch(path, body, SCIM_JSON), 200);
    expect(answer.body.active).toBe(false);
    expect((await agent.get('/me')).status).toBe(401);
    expect((await signIn(agent.user.email)).status).toBe(401);
    expectStatus(await key.patch(`${USERS}/${admin.user.id}`, body), 200);
    expect((await admin.get('/me')).status).toBe(401);
    // A secret ends by the database, which tells every process.
    await eventually(
      'the secret ends',
      async () => (await running.as(secret).get('/tickets')).status === 401,
      1_000,
    );
    const ended = (await acme.events()).filter(({ type }) => type === 'user.deactivated');
    expect(ended.map(({ actor }) => actor)).toEqual([
      { type: 'api_key', id: key.key.id },
      { type: 'api_key', id: key.key.id },
    ]);
    // They are still there for the directory, and quiet when it says so again.
    expect((await key.get(path)).body.active).toBe(false);
    expectStatus(await key.patch(path, body), 200);
  });

  it('is taken back by the directory that did it', async () => {
    const { key, agent, path } = await kept();
    expectStatus(await key.patch(path, entraActive('False')), 200);
    expect(expectStatus(await key.patch(path, entraActive('True')), 200).body.active).toBe(true);
    expect((await signIn(agent.user.email)).status).toBe(201);
    // What was ended stays so.
    expect((await agent.get('/me')).status).toBe(401);
  });

  it('by an administrator is not taken back by a directory that says what it said before', async () => {
    const { acme, key, agent, path } = await kept();
    expectStatus(await acme.owner.put(`/users/${agent.user.id}/deactivation`), 200);
    for (const body of [oktaActive(true), entraActive('True')])
      expect(expectStatus(await key.patch(path, body), 200).body.active).toBe(false);
    expectStatus(await key.put(path, oktaUser(agent.user.email)), 200);
    expect((await signIn(agent.user.email)).status).toBe(401);
  });

  it('makes somebody who is not to come in yet', async () => {
    const { key } = await directory();
    const body = oktaUser(addressOf('later'), { active: false });
    const user = expectStatus(await key.post(USERS, body), 201).body;
    expect(user.active).toBe(false);
    expectStatus(await key.patch(`${USERS}/${user.id}`, oktaActive(true)), 200);
    expect((await key.get(`${USERS}/${user.id}`)).body.active).toBe(true);
  });

  it('never reaches an owner', async () => {
    const { acme, key } = await directory();
    expectStatus(await key.post(USERS, oktaUser(acme.owner.user.email)), 201);
    const path = `${USERS}/${acme.owner.user.id}`;
    const attempts = [
      await key.patch(path, oktaActive(false)),
      await key.delete(path),
      await key.patch(path, entraChange(addressOf('x'))),
    ];
    for (const { status, body } of attempts) {
      expect([status, body.status]).toEqual([403, '403']);
      expect(body.detail).toMatch(/organization:own/);
    }
    expect((await acme.owner.get('/me')).status).toBe(200);
  });
});

describe('deleting somebody', () => {
  it('takes them out of the directory, which may bring them again', async () => {
    const { key, agent, path } = await kept();
    expect((await key.delete(path)).status).toBe(204);
    expect((await agent.get('/me')).status).toBe(401);
    expect((await signIn(agent.user.email)).status).toBe(401);
    expect((await key.get(path)).status).toBe(404);
    expect((await key.delete(path)).status).toBe(404);
    expect((await key.patch(path, oktaActive(true))).status).toBe(404);
    expect((await key.get(USERS)).body.totalResults).toBe(0);
    const again = expectStatus(await key.post(USERS, oktaUser(agent.user.email)), 201);
    expect(again.body).toMatchObject({ id: agent.user.id, active: true });
    expect((await signIn(agent.user.email)).status).toBe(201);
  });

  it('frees the userName for another person', async () => {
    const { key } = await directory();
    const body = (email: string) =>
      oktaUser('odile', { emails: [{ value: email, primary: true }] });
    const first = expectStatus(await key.post(USERS, body(addressOf('a'))), 201).body;
    expect((await key.delete(`${USERS}/${first.id}`)).status).toBe(204);
    const second = expectStatus(await key.post(USERS, body(addressOf('b'))), 201).body;
    expect(second.id).not.toBe(first.id);
  });

  it('is an administrator’s word too: whom they removed, a directory does not bring back', async () => {
    const { acme, key, agent, path } = await kept();
    expectStatus(await acme.owner.delete(`/users/${agent.user.id}`), 200);
    expect((await key.get(path)).status).toBe(404);
    const again = await key.post(USERS, oktaUser(agent.user.email));
    expect([again.status, again.body.scimType]).toEqual([409, 'uniqueness']);
    expect(again.body.detail).toMatch(/invite/);
    expect((await acme.owner.get(`/users/${agent.user.id}`)).body.data.status).toBe('removed');
  });
});

describe('a person of another organization', () => {
  it('gets a place here and keeps everything else: password, address, place there', async () => {
    const victim = await running.given.organization();
    const { acme, key } = await directory();
    const { email } = victim.owner.user;
    const user = expectStatus(await key.post(USERS, oktaUser(email)), 201).body;
    expectStatus(await key.patch(`${USERS}/${user.id}`, entraChange(addressOf('stolen'))), 200);
    expectStatus(await key.patch(`${USERS}/${user.id}`, oktaActive(false)), 200);
    expect((await key.delete(`${USERS}/${user.id}`)).status).toBe(204);

    const { data } = (await victim.owner.get('/me')).body;
    expect(data.user).toEqual(
      expect.objectContaining({ email, name: 'Olga Owner', role: 'owner' }),
    );
    const body = { email, password: PASSWORD, organizationId: victim.id };
    expect((await running.as(null).post('/auth/sessions', body)).status).toBe(201);
    const types = (await victim.events()).map(({ type }) => type);
    expect(types.filter((type) => /^(scim|user\.(renamed|deactivated))/.test(type))).toEqual([]);
    expect(user.id).not.toBe(victim.owner.user.id);
    expect((await acme.owner.get('/users')).body.total).toBe(2);
  });

  it('is answered as one who has no account at all', async () => {
    const other = await running.given.organization();
    const { key } = await directory();
    const known = await key.post(USERS, oktaUser(other.owner.user.email));
    const unknown = await key.post(USERS, oktaUser(addressOf('owner')));
    const shape = ({ status, body }: typeof known) => [status, Object.keys(body), body.displayName];
    expect(shape(known)).toEqual(shape(unknown));
  });

  it('is nobody to a directory that asks for their id', async () => {
    const { agent, path, acme } = await kept();
    const { key } = await directory();
    const nobody = `${USERS}/01a1feaa-63b1-7742-8d15-01d6cb3dffa2`;
    const ask = async (to: string) => [
      await key.get(to),
      await key.put(to, oktaUser(addressOf('x'))),
      await key.patch(to, oktaActive(false)),
      await key.delete(to),
    ];
    const said = (answers: Awaited<ReturnType<typeof ask>>) => answers.map(({ text }) => text);
    expect(said(await ask(path))).toEqual(said(await ask(nobody)));
    expect((await key.get(path)).body.status).toBe('404');
    expect((await agent.get('/me')).status).toBe(200);
    // Nor is a member whom the directory did not bring, in its own organization.
    const own = await acme.apiKey(['directory:write']);
    expect((await own.get(`${USERS}/${acme.owner.user.id}`)).status).toBe(404);
  });
});
