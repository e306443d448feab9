import { SystemDb } from '#core/database/system-db.js';
import { useApp } from '../../support/app.js';
import type { Method } from '../../support/as.js';
import { challengeOf, identityOf, withApp, withPasskey } from '../../support/factors.js';
import { PASSWORD } from '../../support/given.js';

const running = await useApp();
const { given, as } = running;
const acme = await given.organization();
const NOTHING = '00000000-0000-7000-8000-000000000000';

const routes: [Method, string, unknown][] = [
  ['GET', '/me/factors', undefined],
  ['POST', '/me/factors/totp', { password: PASSWORD }],
  ['POST', '/me/factors/totp/confirmation', { code: '123456' }],
  ['DELETE', '/me/factors/totp', { password: PASSWORD }],
  ['POST', '/me/factors/recovery-codes', { password: PASSWORD }],
  ['GET', '/me/passkeys', undefined],
  ['POST', '/me/passkeys/options', { password: PASSWORD }],
  ['POST', '/me/passkeys', { name: 'Key', response: {} }],
  ['PATCH', `/me/passkeys/${NOTHING}`, { name: 'Key' }],
  ['DELETE', `/me/passkeys/${NOTHING}`, { password: PASSWORD }],
  ['GET', '/me/devices', undefined],
  ['DELETE', '/me/devices', undefined],
  ['DELETE', `/me/devices/${NOTHING}`, undefined],
];

describe('an API key', () => {
  it.each(routes)('has no factors: %s %s', async (method, path, body) => {
    const key = await acme.apiKey(['organization:read', 'security:write']);

    const answer = await key.send(method, path, body);

    expect(answer.status).toBe(403);
    expect(answer.body.error.code).toBe('auth.people_only');
  });
});

describe('without a credential', () => {
  it.each(routes)('%s %s is not answered', async (method, path, body) => {
    expect((await as(null).send(method, path, body)).status).toBe(401);
  });
});

describe("somebody else's", () => {
  it('passkeys and devices are as if they were not there', async () => {
    const [person, other] = [await acme.user('agent'), await acme.user('agent')];
    const { id } = await withPasskey(person);
    const { app } = await withApp(running, person);
    const challenge = await challengeOf(running, person);
    await as(null).post('/auth/sessions/second-factor', {
      ...{ challenge, code: app.fresh(), rememberDevice: true },
    });
    const [device] = (await person.get('/me/devices')).body.data;
    const foreign = [
      await other.patch(`/me/passkeys/${id}`, { name: 'Mine' }),
      await other.send('DELETE', `/me/passkeys/${id}`, { password: PASSWORD }),
      await other.delete(`/me/devices/${device.id}`),
      await other.patch('/me/passkeys/x', { name: 'Mine' }),
    ];

    for (const answer of foreign) {
      expect(answer.status).toBe(404);
      expect(answer.body.error.code).toBe('factor.not_found');
    }
    expect((await other.get('/me/passkeys')).body.data).toEqual([]);
    expect((await person.get('/me/passkeys')).body.data).toMatchObject([{ id, name: 'Laptop' }]);
    expect((await person.get('/me/devices')).body.data).toEqual([device]);
  });

  it('codes prove nothing', async () => {
    const [person, other] = [await acme.user('agent'), await acme.user('agent')];
    const { app, recoveryCodes } = await withApp(running, person);

    const byCode = await other.post('/me/factors/totp', { code: app.fresh() });
    const byPaper = await other.post('/me/factors/totp', { recoveryCode: recoveryCodes[0] });

    expect([byCode.status, byPaper.status]).toEqual([403, 403]);
    expect((await person.get('/me/factors')).body.data.recoveryCodesLeft).toBe(10);
  });
});

describe('somebody who comes by single sign-on alone', () => {
  it('has nothing to prove with, and plants no factor that opens another organization', async () => {
    const person = await acme.user('agent');
    const { client } = running.get(SystemDb);
    const where = { id: await identityOf(running, person) };
    await client.identity.updateMany({ where, data: { passwordHash: null } });

    for (const path of ['/me/factors/totp', '/me/passkeys/options']) {
      const answer = await person.post(path, {});
      expect(answer.status).toBe(403);
      expect(answer.body.error).toMatchObject({
        ...{ code: 'auth.proof_required', details: { methods: [] } },
      });
      const guessed = await person.post(path, { password: PASSWORD });
      expect(guessed.body.error.code).toBe('auth.proof_wrong');
    }
    expect((await person.get('/me/factors')).body.data.hasPassword).toBe(false);
  });
});

describe('bodies', () => {
  it.each([
    ['POST', '/me/factors/totp/confirmation', { code: '12345' }],
    ['POST', '/me/factors/totp/confirmation', { code: 123456 }],
    ['POST', '/me/factors/totp', { password: PASSWORD, identityId: NOTHING }],
    ['POST', '/me/passkeys', { name: '', response: {} }],
    ['POST', '/me/passkeys', { name: 'Key', response: 'x' }],
    ['PATCH', `/me/passkeys/${NOTHING}`, { name: 'x'.repeat(101) }],
    ['POST', '/auth/sessions/second-factor', { code: '123456' }],
    ['POST', '/auth/sessions/passkey', { response: [] }],
  ] as [Method, string, unknown][])('%s %s refuses %j', async (method, path, body) => {
    const answer = await acme.owner.send(method, path, body);

    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe('validation.failed');
  });
});
