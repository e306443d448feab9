import { useApp } from '../../support/app.js';
import { addressOf, PASSWORD } from '../../support/given.js';

const { given, as, clock } = await useApp();
const anybody = as(null);
const acme = await given.organization();
const { email } = acme.owner.user;

afterEach(() => clock.reset());

describe('signing in', () => {
  it('gives an access token and the refresh cookie', async () => {
    const answer = await anybody.post('/auth/sessions', { email, password: PASSWORD });

    expect(answer.status).toBe(201);
    expect(answer.body.data.user).toEqual({
      ...acme.owner.user,
      lastActiveAt: expect.stringMatching(/Z$/),
    });
    expect((await as(answer.body.data.accessToken).get('/me')).status).toBe(200);
    expect(answer.cookies).toHaveLength(2);
    const [pair, ...attributes] = answer.cookies[0]!.split('; ');
    expect(pair).toMatch(/^manydesk_refresh=[\w.-]+$/);
    expect(attributes.sort()).toEqual([
      'HttpOnly',
      'Max-Age=2592000',
      'Path=/api/v1/auth/sessions',
      'SameSite=Strict',
    ]);
    const [device, ...deviceAttributes] = answer.cookies[1]!.split('; ');
    expect(device).toMatch(/^manydesk_device=[\w-]{22}\.[\w-]{22}$/);
    expect(deviceAttributes).toContain('HttpOnly');
  });

  it('takes an address in any case', async () => {
    const credentials = { email: ` ${email.toUpperCase()} `, password: PASSWORD };

    expect((await anybody.post('/auth/sessions', credentials)).status).toBe(201);
  });

  it('answers a wrong password and an unknown address alike', async () => {
    const [wrong, unknown] = await Promise.all([
      anybody.post('/auth/sessions', { email, password: 'not the password' }),
      anybody.post('/auth/sessions', { email: addressOf('nobody'), password: PASSWORD }),
    ]);

    expect(wrong.status).toBe(401);
    expect(unknown.status).toBe(401);
    const { requestId: _, ...told } = wrong.body.error;
    const { requestId: __, ...toldOfUnknown } = unknown.body.error;
    expect(told).toEqual(toldOfUnknown);
    expect(told.code).toBe('auth.invalid_credentials');
    expect(Object.keys(wrong.headers).sort()).toEqual(Object.keys(unknown.headers).sort());
  });

  it('answers an organization that one is no member of as a wrong password', async () => {
    const other = await given.organization('Other');

    const answer = await anybody.post('/auth/sessions', {
      email,
      password: PASSWORD,
      organizationId: other.id,
    });

    expect(answer.status).toBe(401);
    expect(answer.body.error.code).toBe('auth.invalid_credentials');
  });

  it('opens the organization asked for, or the one used last', async () => {
    const first = await given.organization('First');
    const signIn = { email: first.owner.user.email, password: PASSWORD };
    const second = await first.owner.post('/organizations', { name: 'Second' });
    expect(second.status).toBe(201);

    const last = await anybody.post('/auth/sessions', signIn);
    const asked = await anybody.post('/auth/sessions', { ...signIn, organizationId: first.id });
    const lastNow = await anybody.post('/auth/sessions', signIn);

    expect(last.body.data.organization).toEqual(second.body.data.organization);
    expect(asked.body.data.organization).toEqual(first.organization);
    expect(lastNow.body.data.organization).toEqual(first.organization);
  });

  it('is written into the log with its session', async () => {
    const before = await acme.events();
    await anybody.post('/auth/sessions', { email, password: PASSWORD });

    const [event] = await acme.events(before.at(-1).seq);

    expect(event.type).toBe('auth.signed_in');
    expect(event.actor).toEqual({ type: 'user', id: acme.owner.user.id });
    expect(event.subject.type).toBe('session');
    expect(event.data).toEqual({
      method: 'password',
      secondFactor: false,
      address: '127.0.0.1',
      userAgent: 'lightMyRequest',
    });
  });
});

describe('an access token', () => {
  it('ends after 15 minutes, on the remembered path too', async () => {
    const { body } = await anybody.post('/auth/sessions', { email, password: PASSWORD });
    const client = as(body.data.accessToken);
    expect((await client.get('/me')).status).toBe(200);

    clock.advance(14 * 60_000);
    expect((await client.get('/me')).status).toBe(200);
    clock.advance(60_000 + 1_000);
    expect((await client.get('/me')).status).toBe(401);
  });

  it('is refused when a letter of it is another', async () => {
    const { token } = acme.owner;
    const middle = Math.floor(token!.length / 2);
    const changed = token![middle] === 'A' ? 'B' : 'A';

    for (const bad of [
      `${token!.slice(0, middle)}${changed}${token!.slice(middle + 1)}`,
      token!.split('.').slice(0, 2).join('.') + '.',
      unsigned(token!),
      'not a token',
    ]) {
      const answer = await as(bad).get('/me');
      expect(answer.status).toBe(401);
      expect(answer.body.error.code).toBe('auth.unauthenticated');
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    }
  });

  it('is taken from the Authorization header alone', async () => {
    const { token } = acme.owner;

    const inQuery = await anybody.get(`/me?access_token=${token}`);
    const inCookie = await anybody.get('/me', { headers: { cookie: `access_token=${token}` } });
    const asBasic = await anybody.get('/me', { headers: { authorization: `Basic ${token}` } });

    expect([inQuery.status, inCookie.status, asBasic.status]).toEqual([401, 401, 401]);
  });

  it('says which organization it is for; headers, query and body do not', async () => {
    const other = await given.organization('Other');

    const answer = await acme.owner.get(`/organization?organizationId=${other.id}`, {
      headers: { 'x-organization-id': other.id, 'x-tenant-id': other.id, host: 'other.example' },
    });

    if (answer.status === 200) expect(answer.body.data.id).toBe(acme.id);
    else expect(answer.status).toBe(400);
  });
});

describe('signing out', () => {
  it('ends the access token and the refresh cookie at once', async () => {
    const opened = await anybody.post('/auth/sessions', { email, password: PASSWORD });
    const client = as(opened.body.data.accessToken);
    const cookie = opened.cookies[0]!.split(';')[0]!;
    expect((await client.get('/me')).status).toBe(200);

    const answer = await client.delete('/auth/sessions/current');

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ message: expect.any(String) });
    expect(answer.cookies[0]).toMatch(/^manydesk_refresh=;/);
    expect((await client.get('/me')).status).toBe(401);
    const refreshed = await anybody.post('/auth/sessions/refresh', undefined, {
      headers: { cookie, 'x-manydesk-csrf': '1' },
    });
    expect(refreshed.status).toBe(401);
  });

  it('leaves the other sessions of the person alone', async () => {
    const one = await anybody.post('/auth/sessions', { email, password: PASSWORD });
    const two = await anybody.post('/auth/sessions', { email, password: PASSWORD });

    await as(one.body.data.accessToken).delete('/auth/sessions/current');

    expect((await as(two.body.data.accessToken).get('/me')).status).toBe(200);
  });
});

/** The token with its signature left out and `alg: none` in its head (RFC 7519, 6). */
function unsigned(token: string): string {
  const head = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
  return `${head}.${token.split('.')[1]}.`;
}
