import { useApp } from '../../support/app.js';
import { Client, expectStatus } from '../../support/as.js';
import { PASSWORD, type GivenOrganization, type Person } from '../../support/given.js';
import { HostileProvider } from '../../support/hostile-provider.js';
import { asOwner } from '../../support/database.js';
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

async function signIn(email: string, sub: string, claims: object = {}) {
  const { url, cookie } = await startSso(running, email);
  const said = { sub, email, email_verified: true, name: 'Ada', ...claims };
  return finishSso(running, provider.signIn(url, said), cookie);
}

/** Gives a person of the tests an address of `domain`. */
async function readdress({ user }: Person, domain: string): Promise<string> {
  const email = `${user.id}@${domain}`;
  await asOwner(running.database, (client) =>
    client.query('update identities set email = $1 where email = $2', [email, user.email]),
  );
  return email;
}

async function status({ owner }: GivenOrganization, id: string): Promise<string> {
  return expectStatus(await owner.get(`/users/${id}`), 200).body.data.status;
}

describe('who a subject of a provider is', () => {
  it('is a member with the same address, when the provider and the DNS both vouch for it', async () => {
    const acme = await running.given.organization();
    const { domain } = await givenConnection(acme, dns, provider);
    const agent = await acme.user('agent');
    const email = await readdress(agent, domain);
    const me = new Client(running.app, await tokenOf(running, await signIn(email, 'sub')));
    const { user } = (await me.get('/me')).body.data;
    expect([user.id, user.role]).toEqual([agent.user.id, 'agent']);
    // Their password is as good as before.
    const byPassword = { email, password: PASSWORD };
    expect((await running.as(null).post('/auth/sessions', byPassword)).status).toBe(201);
  });

  it.each<[string, object, string]>([
    ['the provider does not vouch', { email_verified: false }, 'sso.email_not_verified'],
    ['it says so in words', { email_verified: 'true' }, 'sso.email_not_verified'],
    ['it does not say', { email_verified: undefined }, 'sso.email_not_verified'],
    ['there is no address', { email: undefined }, 'sso.email_not_verified'],
    ['the address is no text', { email: ['a@b.example'] }, 'sso.email_not_verified'],
    ['the address is none', { email: 'a\u0000b@{domain}' }, 'sso.email_not_verified'],
    ['the domain is another', { email: 'ada@elsewhere.example' }, 'sso.domain_not_verified'],
  ])('is nobody when %s', async (_, claims, code) => {
    const acme = await running.given.organization();
    const { domain } = await givenConnection(acme, dns, provider);
    const { email } = claims as { email?: unknown };
    const said = typeof email === 'string' ? { email: email.replace('{domain}', domain) } : {};
    const answer = await signIn(`ada@${domain}`, 'sub', { ...claims, ...said });
    expect(errorOf(answer)).toBe(code);
    expect((await acme.owner.get('/users')).body.total).toBe(1);
  });

  it('is vouched for in the words of Entra ID too', async () => {
    const acme = await running.given.organization();
    const { domain } = await givenConnection(acme, dns, provider);
    const entra = { email_verified: undefined, xms_edov: true };
    expect(errorOf(await signIn(`ada@${domain}`, 'sub', entra))).toBeNull();
  });

  it('has one line for a name, whatever the provider says', async () => {
    const acme = await running.given.organization();
    const { domain } = await givenConnection(acme, dns, provider);
    const names = [
      ['Ada\r\nBcc: all@evil.example\u0000', 'Ada Bcc: all@evil.example'],
      [`${'x'.repeat(199)}\u{1f600}`, `${'x'.repeat(199)}\ufffd`],
      [' ', 'c'],
    ];
    for (const [at, [name, shown]] of names.entries()) {
      const email = `${'abc'[at]}@${domain}`;
      const me = new Client(
        running.app,
        await tokenOf(running, await signIn(email, `sub-${at}`, { name })),
      );
      expect((await me.get('/me')).body.data.user.name).toBe(shown);
    }
  });

  it('is nobody with a domain that another connection or another organization has proved', async () => {
    const acme = await running.given.organization();
    const mine = await givenConnection(acme, dns, provider);
    const second = await givenConnection(acme, dns, provider);
    const theirs = await givenConnection(await running.given.organization(), dns, provider);
    for (const domain of [second.domain, theirs.domain]) {
      const claims = { email: `ada@${domain}` };
      const answer = await signIn(`ada@${mine.domain}`, 'sub', claims);
      expect(errorOf(answer)).toBe('sso.domain_not_verified');
    }
  });

  it('never becomes an owner by the address: who changes a connection would own the organization', async () => {
    const acme = await running.given.organization();
    const { domain } = await givenConnection(acme, dns, provider);
    const email = await readdress(acme.owner, domain);
    expect(errorOf(await signIn(email, 'sub'))).toBe('sso.owner_not_linked');
  });

  it('never takes the place of another subject with the same address', async () => {
    const acme = await running.given.organization();
    const { domain } = await givenConnection(acme, dns, provider);
    const email = `ada@${domain}`;
    const first = new Client(running.app, await tokenOf(running, await signIn(email, 'first')));
    expect(errorOf(await signIn(email, 'second'))).toBe('sso.already_linked');
    // An administrator says that it is the same person.
    const { user } = (await first.get('/me')).body.data;
    expectStatus(await acme.owner.delete(`/sso/links/${user.id}`), 200);
    const again = new Client(running.app, await tokenOf(running, await signIn(email, 'second')));
    expect((await again.get('/me')).body.data.user.id).toBe(user.id);
    expect(errorOf(await signIn(email, 'first'))).toBe('sso.already_linked');
  });

  it('never gets a place of somebody who has an account elsewhere', async () => {
    const victim = await running.given.organization();
    const evil = await running.given.organization();
    const { domain } = await givenConnection(evil, dns, provider);
    const email = await readdress(victim.owner, domain);
    expect(errorOf(await signIn(email, 'sub'))).toBe('sso.account_exists');
    expect((await evil.owner.get('/users')).body.total).toBe(1);
    expect((await victim.owner.get('/users')).body.total).toBe(1);
  });

  it('is somebody else in another organization, with the very same subject', async () => {
    const acme = await running.given.organization();
    const globex = await running.given.organization();
    const ours = await givenConnection(acme, dns, provider);
    const theirs = await givenConnection(globex, dns, provider);
    const one = new Client(
      running.app,
      await tokenOf(running, await signIn(`a@${ours.domain}`, 'same')),
    );
    const two = new Client(
      running.app,
      await tokenOf(running, await signIn(`b@${theirs.domain}`, 'same')),
    );
    const [a, b] = [(await one.get('/me')).body.data, (await two.get('/me')).body.data];
    expect([a.organization.id, b.organization.id]).toEqual([acme.id, globex.id]);
    expect(a.user.id).not.toBe(b.user.id);
  });
});

describe('somebody who was shut out', () => {
  it.each(['deactivated', 'removed'])('does not come back by single sign-on: %s', async (how) => {
    const acme = await running.given.organization();
    const { domain } = await givenConnection(acme, dns, provider);
    const email = `ada@${domain}`;
    const ada = new Client(running.app, await tokenOf(running, await signIn(email, 'sub')));
    const { id } = (await ada.get('/me')).body.data.user;
    expectStatus(
      how === 'removed'
        ? await acme.owner.delete(`/users/${id}`)
        : await acme.owner.put(`/users/${id}/deactivation`),
      200,
    );
    expect((await ada.get('/me')).status).toBe(401);
    expect(errorOf(await signIn(email, 'sub'))).toBe('sso.deactivated');
    // Nor as a new subject with the old address.
    expect(errorOf(await signIn(email, 'anew'))).toBe('sso.deactivated');
    expect(await status(acme, id)).toBe(how);
    const failed = (await acme.events()).filter(({ type }) => type === 'sso.sign_in_failed');
    expect(failed.map(({ data }) => data.reason)).toEqual(['sso.deactivated', 'sso.deactivated']);
  });
});
