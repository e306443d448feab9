import { useApp } from '../../support/app.js';
import { HostileProvider, type Lie } from '../../support/hostile-provider.js';
import {
  errorOf,
  finishSso,
  FixedDns,
  givenConnection,
  LOOPBACK_ALLOWED,
  startSso,
} from '../../support/sso.js';

const running = await useApp({ settings: LOOPBACK_ALLOWED });
const dns = new FixedDns(running);
const provider = await HostileProvider.start();
afterAll(() => provider.close());

const acme = await running.given.organization();
const { domain } = await givenConnection(acme, dns, provider);

/** What becomes of an answer of the provider. */
async function answerWith(lie: Lie, email = `ada@${domain}`): Promise<string | null> {
  const { url, cookie } = await startSso(running, email);
  const claims = { sub: `sub-${email}`, email, email_verified: true, name: 'Ada' };
  return errorOf(await finishSso(running, provider.signIn(url, claims, lie), cookie));
}

const past = Math.floor(Date.now() / 1000) - 3600;

describe('what a provider answers', () => {
  it('lets in when all of it is right', async () => {
    expect(await answerWith({})).toBeNull();
    const { code_verifier: verifier, ...form } = Object.fromEntries(provider.tokenRequests.at(-1)!);
    expect(verifier).toMatch(/^[\w-]{43}$/);
    // The client shows itself in the header: nothing of it stands in the form.
    expect(form).not.toHaveProperty('client_secret');
  });

  it.each<[string, Lie]>([
    ['another issuer', { claims: { iss: 'https://evil.example' } }],
    ['another audience', { claims: { aud: 'somebody-else' } }],
    ['several audiences, for another party', { claims: { aud: ['a', 'b'], azp: 'a' } }],
    ['another nonce', { claims: { nonce: 'of-another-sign-in' } }],
    ['no nonce', { claims: { nonce: undefined } }],
    ['a token that has ended', { claims: { iat: past, exp: past + 60 } }],
    ['a token without an end', { claims: { exp: undefined } }],
    ['a token of later', { claims: { nbf: Math.floor(Date.now() / 1000) + 3600 } }],
    ['no subject', { claims: { sub: undefined } }],
    ['a key that is not its own', { otherKey: true }],
    ['no signature', { algorithm: 'none' }],
    ['a signature that anybody can make', { algorithm: 'HS256' }],
    ['no ID token', { noToken: true }],
    ['the answer of another provider (mix-up)', { redirect: { iss: 'https://evil.example' } }],
    ['an answer that does not say whose it is', { redirect: { iss: null } }],
    ['a code that it never gave', { redirect: { code: 'made-up' } }],
  ])('is refused with %s', async (_, lie) => {
    expect(await answerWith(lie, `nobody@${domain}`)).toBe('sso.invalid_response');
    expect((await acme.owner.get(`/users?q=nobody`)).body.total).toBe(0);
  });

  it('is refused with another state, or none', async () => {
    expect(await answerWith({ redirect: { state: 'made-up' } })).toBe('sso.flow_expired');
    expect(await answerWith({ redirect: { state: null } })).toBe('sso.flow_expired');
  });

  it('is taken at the address of its own connection alone', async () => {
    const other = await givenConnection(acme, dns, provider);
    const { url, cookie } = await startSso(running, `ada@${domain}`);
    const back = provider.signIn(url, { sub: 'ada' });
    back.pathname = new URL(other.redirectUri).pathname;
    expect(errorOf(await finishSso(running, back, cookie))).toBe('sso.flow_expired');
    back.pathname = '/api/v1/auth/sso/callback/nonsense';
    expect(errorOf(await finishSso(running, back, cookie))).toBe('sso.flow_expired');
  });

  it('is recorded when it fails, with what an administrator needs and no word of the provider', async () => {
    const [before] = (await acme.events()).slice(-1);
    await answerWith({ claims: { iss: 'https://evil.example' } });
    const [failed, ...more] = await acme.events(before.seq);
    expect(more).toEqual([]);
    expect(failed).toMatchObject({ type: 'sso.sign_in_failed', actor: { type: 'system' } });
    expect(failed.data).toEqual({
      reason: 'sso.invalid_response',
      address: expect.any(String),
      userAgent: expect.anything(),
    });
  });
});

describe('a provider', () => {
  it('that is away is said to be so, and is asked again', async () => {
    const away = await HostileProvider.start();
    const theirs = await givenConnection(acme, dns, away);
    await away.close();
    const answer = await running.as(null).post('/auth/sso', { email: `a@${theirs.domain}` });
    expect([answer.status, answer.body.error.code]).toEqual([503, 'sso.provider_unavailable']);
    expect(answer.text).not.toMatch(/ECONN|127\.0\.0\.1/);
  });

  it('that calls itself by another name is none', async () => {
    const liar = await HostileProvider.start();
    liar.metadata = { issuer: provider.issuer };
    const theirs = await givenConnection(acme, dns, liar);
    const answer = await running.as(null).post('/auth/sso', { email: `a@${theirs.domain}` });
    expect([answer.status, answer.body.error.code]).toEqual([503, 'sso.provider_unavailable']);
    await liar.close();
  });

  it('cannot make this server ask inside the network', async () => {
    const sly = await HostileProvider.start();
    sly.metadata = {
      token_endpoint: 'http://169.254.169.254/latest',
      jwks_uri: 'https://10.0.0.1/',
    };
    const theirs = await givenConnection(acme, dns, sly);
    const { url, cookie } = await startSso(running, `a@${theirs.domain}`);
    const answer = await finishSso(running, sly.signIn(url, { sub: 'a' }), cookie);
    expect(errorOf(answer)).toBe('sso.provider_unavailable');
    await sly.close();
  });
});
