import { useApp } from '../../support/app.js';
import { Client, expectStatus, type Answer } from '../../support/as.js';
import { asOwner } from '../../support/database.js';
import { entraActive, oktaUser } from '../../support/directory-requests.js';
import { PASSWORD, type GivenOrganization } from '../../support/given.js';
import { HostileProvider } from '../../support/hostile-provider.js';
import {
  errorOf,
  finishSso,
  FixedDns,
  givenConnection,
  LOOPBACK_ALLOWED,
  startSso,
  tokenOf,
} from '../../support/sso.js';

const running = await useApp({ settings: LOOPBACK_ALLOWED });
const dns = new FixedDns(running);
const provider = await HostileProvider.start();
afterAll(() => provider.close());

async function answerTo(email: string): Promise<Answer> {
  const { url, cookie } = await startSso(running, email);
  const claims = { sub: email, email, email_verified: true, name: 'Ada' };
  return finishSso(running, provider.signIn(url, claims), cookie);
}

async function signIn(email: string): Promise<Client> {
  return new Client(running.app, await tokenOf(running, await answerTo(email)));
}

const byPassword = (email: string, organizationId?: string) =>
  running.as(null).post('/auth/sessions', {
    ...{ email, password: PASSWORD },
    ...(organizationId === undefined ? {} : { organizationId }),
  });

/** A person of `home` with a password, whom the directory of `acme` gave a place there too, and their session at its provider. */
async function ofBoth(home: GivenOrganization, acme: GivenOrganization) {
  const { domain } = await givenConnection(acme, dns, provider);
  const person = await home.user('admin');
  const email = `${person.user.id}@${domain}`;
  await asOwner(running.database, (client) =>
    client.query('update identities set email = $1 where email = $2', [email, person.user.email]),
  );
  const key = await acme.apiKey(['directory:write']);
  expectStatus(await key.post('/scim/v2/Users', oktaUser(email)), 201);
  return { person, email, sso: await signIn(email) };
}

describe('a session of one organization’s provider', () => {
  it('opens no other organization of the person, and shows none', async () => {
    const home = await running.given.organization('Globex');
    const acme = await running.given.organization();
    const { sso, person, email } = await ofBoth(home, acme);
    expect((await sso.get('/me')).body.data.organization.id).toBe(acme.id);
    const switched = await sso.post('/auth/sessions/switch', { organizationId: home.id });
    expect(switched.status).toBe(403);
    const seen = [await sso.get('/me/organizations'), await sso.get('/auth/sessions')];
    for (const { status, text } of seen) {
      expect(status).toBe(200);
      expect(text).not.toMatch(/Globex/);
      expect(text).not.toContain(home.id);
    }
    // What the person has elsewhere goes on: it ends no session there.
    await sso.delete('/auth/sessions');
    expect((await person.get('/me')).status).toBe(200);
    expect((await byPassword(email, home.id)).status).toBe(201);
  });

  it('plants nothing that opens another one: no password, address or factor', async () => {
    const home = await running.given.organization('Globex');
    const { sso, email } = await ofBoth(home, await running.given.organization());
    const attempts = [
      await sso.put('/me/password', {
        currentPassword: 'a guess at it',
        newPassword: 'their own now',
      }),
      await sso.post('/me/email-changes', { email: `x-${email}`, password: 'a guess at it' }),
      await sso.post('/me/factors/totp', {}),
      await sso.post('/me/passkeys/options', {}),
      await sso.post('/organizations', { name: 'Mine' }),
    ];
    for (const { status } of attempts) expect([401, 403]).toContain(status);
    expect((await byPassword(email, home.id)).status).toBe(201);
  });

  it('ends with the connection: when it is switched off, deleted, or the person is unlinked', async () => {
    const ends = [
      (acme: GivenOrganization, id: string) =>
        acme.owner.patch(`/sso/connections/${id}`, { enabled: false }),
      (acme: GivenOrganization, id: string) => acme.owner.delete(`/sso/connections/${id}`),
      (acme: GivenOrganization, _: string, user: string) => acme.owner.delete(`/sso/links/${user}`),
    ];
    for (const end of ends) {
      const acme = await running.given.organization();
      const agent = await acme.user('agent');
      const { id, domain } = await givenConnection(acme, dns, provider);
      const sso = await signIn(`ada@${domain}`);
      const { user } = (await sso.get('/me')).body.data;
      expectStatus(await end(acme, id, user.id), 200);
      expect((await sso.get('/me')).status).toBe(401);
      expect((await agent.get('/me')).status).toBe(200);
      expect((await acme.owner.get(`/users/${user.id}`)).body.data.status).toBe('active');
    }
  });
});

describe('an organization that requires single sign-on', () => {
  it('lets nobody in by password but owners, whose entry is told', async () => {
    const acme = await running.given.organization();
    const { domain } = await givenConnection(acme, dns, provider);
    const agent = await acme.user('agent');
    expect((await byPassword(agent.user.email)).status).toBe(201);
    expectStatus(await acme.owner.put('/sso/enforcement'), 200);
    const refused = await byPassword(agent.user.email);
    expect([refused.status, refused.body.error.code]).toEqual([403, 'auth.sso_required']);
    expect((await byPassword(acme.owner.user.email)).status).toBe(201);
    const told = (await acme.events()).filter(({ type }) => type === 'sso.break_glass_used');
    expect(told.map(({ actor }) => actor.id)).toEqual([acme.owner.user.id]);
    const sso = await signIn(`ada@${domain}`);
    expect((await sso.get('/me')).status).toBe(200);
  });

  it('asks no second factor of its own of those whose provider vouches for them', async () => {
    const acme = await running.given.organization();
    const { domain } = await givenConnection(acme, dns, provider);
    expectStatus(
      await acme.owner.patch('/organization/security', { secondFactorRequired: true }),
      200,
    );
    expect((await (await signIn(`ada@${domain}`)).get('/me')).status).toBe(200);
  });
});

describe('somebody whom the directory shut out', () => {
  it('does not come back by single sign-on until the directory brings them back', async () => {
    const acme = await running.given.organization();
    const { domain } = await givenConnection(acme, dns, provider);
    const key = await acme.apiKey(['directory:write']);
    const email = `ada@${domain}`;
    const { id } = expectStatus(await key.post('/scim/v2/Users', oktaUser(email)), 201).body;
    const sso = await signIn(email);
    expect((await sso.get('/me')).body.data.user.id).toBe(id);

    const path = `/scim/v2/Users/${id}`;
    expectStatus(await key.patch(path, entraActive('False')), 200);
    expect((await sso.get('/me')).status).toBe(401);
    expect(errorOf(await answerTo(email))).toBe('sso.deactivated');
    expectStatus(await key.patch(path, entraActive('True')), 200);
    expect((await (await signIn(email)).get('/me')).body.data.user.id).toBe(id);
    expect((await key.delete(path)).status).toBe(204);
    expect(errorOf(await answerTo(email))).toBe('sso.deactivated');
  });
});
