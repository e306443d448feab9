import { useApp } from '../../support/app.js';
import { SsoFlows } from '../../../apps/api/src/modules/sso/sso-flows.service.js';
import { Client } from '../../support/as.js';
import { asOwner } from '../../support/database.js';
import { OpenIdProvider } from '../../support/open-id-provider.js';
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
const provider = await OpenIdProvider.start();
afterAll(() => provider.close());

/** A person of the provider. */
function person(sub: string, email: string, more: object = {}): string {
  provider.accounts.set(sub, { email, email_verified: true, name: 'Petra Provider', ...more });
  return sub;
}

async function signIn(email: string, sub: string, returnTo?: string) {
  const { url, cookie } = await startSso(running, email, returnTo);
  return finishSso(running, await provider.signIn(url, sub), cookie);
}

describe('a sign-in at the provider of an organization', () => {
  it('makes a member of whoever comes for the first time, and knows them again by their subject', async () => {
    const acme = await running.given.organization();
    const { domain, id } = await givenConnection(acme, dns, provider, { role: 'agent' });
    const email = `petra@${domain}`;
    const sub = person(`petra-${domain}`, email);
    const first = await signIn(email, sub, '/tickets?status=open');
    expect([first.status, first.headers.location]).toEqual([
      302,
      '/tickets?status=open&signedIn=1',
    ]);
    const petra = new Client(running.app, await tokenOf(running, first));
    const me = (await petra.get('/me')).body.data;
    expect(me.user).toMatchObject({ email, name: 'Petra Provider', role: 'agent' });
    expect(me.organization.id).toBe(acme.id);

    // The provider gives the address another form, and then takes it away: the subject is who she is.
    provider.accounts.set(sub, { email: `other@${domain}`, email_verified: false });
    const again = new Client(running.app, await tokenOf(running, await signIn(email, sub)));
    expect((await again.get('/me')).body.data.user).toMatchObject({ id: me.user.id, email });

    const events = await acme.events();
    const joined = events.find(
      ({ type, subject }) => type === 'user.joined' && subject.id === me.user.id,
    );
    expect(joined.data).toMatchObject({ role: 'agent', by: 'sso', connectionId: id });
    expect(events.filter(({ type }) => type === 'sso.linked')).toHaveLength(1);
    const signedIn = events.filter(
      ({ type, actor }) => type === 'auth.signed_in' && actor.id === me.user.id,
    );
    expect(signedIn.map(({ data }) => data.method)).toEqual(['sso', 'sso']);
  });

  it('makes one person of two first sign-ins at once', async () => {
    const acme = await running.given.organization();
    const { domain } = await givenConnection(acme, dns, provider);
    const email = `twice@${domain}`;
    const sub = person(`twice-${domain}`, email);
    const answers = await Promise.all([signIn(email, sub), signIn(email, sub)]);
    expect(answers.map(({ headers }) => headers.location)).toEqual([
      '/?signedIn=1',
      '/?signedIn=1',
    ]);
    const people = (await acme.owner.get('/users')).body.data;
    expect(people.filter((user: { email: string }) => user.email === email)).toHaveLength(1);
  });

  it('sends out a code challenge, a state and a nonce, and no secret', async () => {
    const acme = await running.given.organization();
    const { domain, redirectUri, clientId } = await givenConnection(acme, dns, provider);
    const { url } = await startSso(running, `ada@${domain}`);
    const { origin, searchParams } = new URL(url);
    expect(origin).toBe(provider.issuer);
    const sent = Object.fromEntries(searchParams);
    expect(sent).toMatchObject({
      client_id: clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      code_challenge_method: 'S256',
      login_hint: `ada@${domain}`,
    });
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(sent[name]!.length).toBeGreaterThan(40);
    const refused = new Set(['code_verifier', 'client_secret']);
    expect(Object.keys(sent).filter((name) => refused.has(name))).toEqual([]);
  });

  it('is good once, in the browser that began it, for ten minutes', async () => {
    const acme = await running.given.organization();
    const { domain } = await givenConnection(acme, dns, provider);
    const email = `once@${domain}`;
    const sub = person(`once-${domain}`, email);
    const mine = await startSso(running, email);
    const theirs = await startSso(running, email);
    const back = await provider.signIn(mine.url, sub);
    // Slipped to somebody else: their browser has no cookie, or that of another sign-in.
    expect(errorOf(await finishSso(running, back, ''))).toBe('sso.flow_expired');
    expect(errorOf(await finishSso(running, back, theirs.cookie))).toBe('sso.flow_expired');
    const answer = await finishSso(running, back, mine.cookie);
    expect(errorOf(answer)).toBeNull();
    expect(answer.cookies.join()).toMatch(/manydesk_sso=;.*Max-Age=0/);
    expect(errorOf(await finishSso(running, back, mine.cookie))).toBe('sso.flow_expired');

    const late = await startSso(running, email);
    const lateBack = await provider.signIn(late.url, sub);
    running.clock.advance(10 * 60_000 + 1);
    expect(errorOf(await finishSso(running, lateBack, late.cookie))).toBe('sso.flow_expired');
    running.clock.reset();
  });

  it('ends on the sign-in page when the person says no', async () => {
    const acme = await running.given.organization();
    const { domain, redirectUri } = await givenConnection(acme, dns, provider);
    const { url, cookie } = await startSso(running, `no@${domain}`);
    const state = new URL(url).searchParams.get('state')!;
    const words = {
      error: 'access_denied',
      error_description: '<script>',
      state,
      iss: provider.issuer,
    };
    const back = new URL(`${redirectUri}?${new URLSearchParams(words).toString()}`);
    const answer = await finishSso(running, back, cookie);
    expect(answer.headers.location).toBe('/sign-in?error=sso.refused');
    const failed = (await acme.events()).find(({ type }) => type === 'sso.sign_in_failed');
    expect(failed.data).toMatchObject({ reason: 'sso.refused', address: expect.any(String) });
    expect(JSON.stringify(failed)).not.toContain('script');
  });

  it('ends nowhere but on a path of the dashboard', async () => {
    const acme = await running.given.organization();
    const { domain } = await givenConnection(acme, dns, provider);
    const email = `way@${domain}`;
    const sub = person(`way-${domain}`, email);
    const answer = await signIn(email, sub, '//evil.example/');
    expect(answer.headers.location).toBe('/?signedIn=1');
  });

  it('is a session of that organization, with a cookie for its own route alone', async () => {
    const acme = await running.given.organization();
    const { domain } = await givenConnection(acme, dns, provider);
    const started = await running.as(null).post('/auth/sso', { email: `c@${domain}` });
    expect(started.cookies).toHaveLength(1);
    expect(started.cookies[0]).toMatch(/^manydesk_sso=[\w-]{43}; .*HttpOnly/);
    expect(started.cookies[0]).toMatch(/Path=\/api\/v1\/auth\/sso/);
    expect(started.cookies[0]).toMatch(/SameSite=Lax/);
  });
});

describe('sign-ins that nobody came back from', () => {
  it('are forgotten after a while, and with their connection at once', async () => {
    const acme = await running.given.organization();
    const { domain, id } = await givenConnection(acme, dns, provider);
    const rows = async () =>
      (
        await asOwner(running.database, (client) =>
          client.query('select id from sso_flows where connection_id = $1', [id]),
        )
      ).rowCount;
    await startSso(running, `a@${domain}`);
    await running.get(SsoFlows).sweep();
    expect(await rows()).toBe(1);
    running.clock.advance(10 * 60_000 + 1);
    await running.get(SsoFlows).sweep();
    running.clock.reset();
    expect(await rows()).toBe(0);
    const begun = await startSso(running, `a@${domain}`);
    expect((await acme.owner.delete(`/sso/connections/${id}`)).status).toBe(200);
    expect(await rows()).toBe(0);
    const { redirect_uri: back } = Object.fromEntries(new URL(begun.url).searchParams);
    const answer = await finishSso(running, new URL(`${back}?state=a&code=b`), begun.cookie);
    expect(errorOf(answer)).toBe('sso.flow_expired');
  });

  it('are bounded for one client', async () => {
    const acme = await running.given.organization();
    const { domain, id } = await givenConnection(acme, dns, provider);
    await asOwner(running.database, (client) =>
      client.query(
        `insert into sso_flows (id, organization_id, connection_id, state_hash, nonce, verifier, client_network, expires_at)
         select gen_random_uuid(), $1, $2, '', '', '', '127.0.0.1', now() + interval '5 minutes' from generate_series(1, 300)`,
        [acme.id, id],
      ),
    );
    const answer = await running.as(null).post('/auth/sso', { email: `a@${domain}` });
    expect([answer.status, answer.body.error.code]).toEqual([429, 'sso.too_many']);
    expect(answer.headers['retry-after']).toBe('600');
    expect((await acme.owner.delete(`/sso/connections/${id}`)).status).toBe(200);
  });
});

describe('an address without single sign-on', () => {
  it('is answered alike, whatever the reason', async () => {
    const acme = await running.given.organization();
    const { domain, id } = await givenConnection(acme, dns, provider);
    const other = `unproved-${domain}`;
    await acme.owner.post('/sso/domains', { domain: other, connectionId: id });
    const addresses = [
      acme.owner.user.email,
      `a@${other}`,
      'a@nobody.example',
      'nobody',
      '@',
      `a@sub.${domain}`,
    ];
    const answers = [];
    for (const email of addresses)
      answers.push(await running.as(null).post('/auth/sso', { email }));
    await acme.owner.patch(`/sso/connections/${id}`, { enabled: false });
    answers.push(await running.as(null).post('/auth/sso', { email: `a@${domain}` }));
    const said = answers.map(
      ({ status, body }) => `${status} ${body.error.code} ${body.error.message}`,
    );
    expect(new Set(said).size).toBe(1);
    expect(said[0]).toMatch(/^404 sso.not_configured/);
  });
});
