import { SystemDb } from '#core/database/system-db.js';
import { Factors } from '#modules/factors/factors.service.js';
import { useApp } from '../../support/app.js';
import { challengeOf, cookieNamed, identityOf, withApp } from '../../support/factors.js';
import { PASSWORD, type Person } from '../../support/given.js';

const running = await useApp();
const { given, as, clock } = running;
const anybody = as(null);
const DAY = 24 * 3_600_000;

const signIn = ({ user }: Person, cookie?: string) =>
  anybody.post(
    '/auth/sessions',
    { email: user.email, password: PASSWORD },
    cookie === undefined ? {} : { headers: { cookie } },
  );

/** Somebody with an app whose device is remembered, in an organization of their own: time goes on past its tokens. */
async function remembered() {
  const acme = await given.organization();
  const person = await acme.user('agent');
  const { app, recoveryCodes } = await withApp(running, person);
  const challenge = await challengeOf(running, person);
  const body = { challenge, code: app.fresh(), rememberDevice: true };
  const answer = await anybody.post('/auth/sessions/second-factor', body, {
    headers: {
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    },
  });
  const cookie = cookieNamed(answer, 'manydesk_remembered')!;
  return {
    acme,
    person: as(answer.body.data.accessToken),
    who: person,
    answer,
    cookie,
    recoveryCodes,
  };
}

describe('a remembered device', () => {
  it('gets a cookie that scripts and other sites cannot reach', async () => {
    const { answer } = await remembered();

    const line = answer.cookies.find((cookie) => cookie.startsWith('manydesk_remembered='))!;
    expect(line.split('; ').slice(1).sort()).toEqual([
      'HttpOnly',
      'Max-Age=2592000',
      'Path=/api/v1/auth',
      'SameSite=Strict',
    ]);
    expect(cookieNamed(answer, 'manydesk_refresh')).toBeTruthy();
  });

  it('is not made when nobody asks for it', async () => {
    const acme = await given.organization();
    const person = await acme.user('agent');
    const { app } = await withApp(running, person);
    const challenge = await challengeOf(running, person);

    const answer = await anybody.post('/auth/sessions/second-factor', {
      challenge,
      code: app.fresh(),
    });

    expect(cookieNamed(answer, 'manydesk_remembered')).toBeUndefined();
    expect((await person.get('/me/devices')).body.data).toEqual([]);
  });

  it('spares its person the second factor, and nobody the first', async () => {
    const { who, cookie } = await remembered();
    const other = await remembered();

    const known = await signIn(who, cookie);
    const unknown = await signIn(who);
    const foreign = await signIn(who, other.cookie);
    const wrong = await anybody.post(
      '/auth/sessions',
      { email: who.user.email, password: 'not the password' },
      { headers: { cookie } },
    );

    expect(known.status).toBe(201);
    for (const answer of [unknown, foreign]) {
      expect(answer.status).toBe(401);
      expect(answer.body.error).toMatchObject({
        code: 'auth.second_factor_required',
        details: { methods: ['totp', 'recovery_code'], challenge: expect.any(String) },
      });
    }
    expect(wrong.body.error.code).toBe('auth.invalid_credentials');
  });

  it('is forgotten after thirty days, however it is used', async () => {
    const { who, cookie } = await remembered();

    clock.advance(29 * DAY);
    expect((await signIn(who, cookie)).status).toBe(201);
    clock.advance(DAY);
    expect((await signIn(who, cookie)).status).toBe(401);
  });

  it('is listed, and forgotten when its person says so', async () => {
    const { acme, person, who, cookie } = await remembered();

    const listed = await person.get('/me/devices');
    expect(listed.body.data).toEqual([
      {
        id: expect.any(String),
        device: 'Firefox on Linux',
        ...{ createdAt: expect.any(String), lastUsedAt: expect.any(String) },
        expiresAt: expect.any(String),
      },
    ]);
    const [{ id }] = listed.body.data;
    expect((await person.delete(`/me/devices/${id}`)).status).toBe(200);

    expect((await signIn(who, cookie)).status).toBe(401);
    expect((await person.get('/me/devices')).body.data).toEqual([]);
    expect((await person.delete(`/me/devices/${id}`)).status).toBe(404);
    const types = (await acme.events()).map(({ type }) => type);
    expect(types).toEqual(
      expect.arrayContaining(['auth.device_remembered', 'auth.device_forgotten']),
    );
  });

  it('is forgotten with all others, quietly when there are none', async () => {
    const { acme, person, who, cookie } = await remembered();

    const first = await person.delete('/me/devices');
    const before = await acme.events();
    const again = await person.delete('/me/devices');

    expect([first.status, again.status]).toEqual([200, 200]);
    expect(before.at(-1)).toMatchObject({ type: 'auth.device_forgotten', data: { devices: 1 } });
    expect(await acme.events()).toEqual(before);
    expect((await signIn(who, cookie)).status).toBe(401);
  });

  it('is forgotten with the password, and with the last factor', async () => {
    const { person, who, cookie } = await remembered();
    const identityId = await identityOf(running, who);
    const factors = running.get(Factors);
    const token = cookie.split('=')[1]!;
    expect(await factors.isRemembered(identityId, token)).toBe(true);

    await running.get(SystemDb).transaction(async (tx) => factors.forgetDevices(tx, identityId));
    expect(await factors.isRemembered(identityId, token)).toBe(false);

    await factors.remember(identityId, 'Firefox on Linux');
    await person.send('DELETE', '/me/factors/totp', { password: PASSWORD });
    expect((await person.get('/me/devices')).body.data).toEqual([]);
  });

  it('is kept as a hash', async () => {
    const { who, cookie } = await remembered();

    const row = await running.get(SystemDb).client.rememberedDevice.findFirstOrThrow({
      where: { identityId: await identityOf(running, who) },
      select: { tokenHash: true },
    });

    expect(Buffer.from(row.tokenHash).toString('base64url')).not.toContain(cookie.split('=')[1]);
    expect(row.tokenHash).toHaveLength(32);
  });
});
