import { SystemDb } from '#core/database/system-db.js';
import { useApp } from '../../support/app.js';
import {
  AuthenticatorApp,
  identityOf,
  requireSecondFactor,
  withApp,
  withPasskey,
} from '../../support/factors.js';
import { PASSWORD } from '../../support/given.js';
import { lastNotice } from '../../support/notices.js';

const running = await useApp();
const { given, clock } = running;
const { client } = running.get(SystemDb);
const acme = await given.organization();

describe('setting up an authenticator app', () => {
  it('gives the secret, and is a factor when a code was shown', async () => {
    const person = await acme.user('agent');

    const begun = await person.post('/me/factors/totp', { password: PASSWORD });

    expect(begun.status).toBe(201);
    const { secret, otpauthUrl } = begun.body.data;
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(otpauthUrl).toMatch(/^otpauth:\/\/totp\/Manydesk:/);
    expect(otpauthUrl).toContain(encodeURIComponent(person.user.email));
    expect((await person.get('/me/factors')).body.data).toMatchObject({ totp: false });

    const code = new AuthenticatorApp(running, secret).code();
    const confirmed = await person.post('/me/factors/totp/confirmation', { code });

    expect(confirmed.status).toBe(201);
    const { recoveryCodes } = confirmed.body.data;
    expect(recoveryCodes).toHaveLength(10);
    expect(new Set(recoveryCodes).size).toBe(10);
    for (const one of recoveryCodes) expect(one).toMatch(/^([0-9a-z]{4}-){2}[0-9a-z]{4}$/);
    expect((await person.get('/me/factors')).body.data).toEqual({
      ...{ totp: true, passkeys: 0, recoveryCodesLeft: 10 },
      ...{ hasPassword: true, required: false },
    });
  });

  it('keeps neither the secret nor a recovery code in the clear', async () => {
    const person = await acme.user('agent');
    const { app, recoveryCodes } = await withApp(running, person);
    const identityId = await identityOf(running, person);

    const totp = await client.totpFactor.findFirstOrThrow({
      where: { identityId },
      select: { sealed: true },
    });
    const codes = await client.recoveryCode.findMany({
      where: { identityId },
      select: { codeHash: true },
    });

    const kept = [totp.sealed, ...codes.map((row) => row.codeHash)];
    const text = kept.map((bytes) => Buffer.from(bytes).toString('latin1')).join('');
    expect(text).not.toContain(app.secret);
    for (const code of recoveryCodes) expect(text).not.toContain(code.replaceAll('-', ''));
  });

  it('asks for a proof: a stolen token alone sets nothing up', async () => {
    const person = await acme.user('agent');

    const bare = await person.post('/me/factors/totp', {});
    const wrong = await person.post('/me/factors/totp', { password: 'not the password' });

    expect([bare.status, wrong.status]).toEqual([403, 403]);
    expect(bare.body.error).toMatchObject({
      code: 'auth.proof_required',
      details: { methods: ['password'] },
    });
    expect(wrong.body.error.code).toBe('auth.proof_wrong');
  });

  it('refuses a wrong code, a second app, and a confirmation of nothing', async () => {
    const person = await acme.user('agent');
    const confirm = (code: string) => person.post('/me/factors/totp/confirmation', { code });

    const early = await confirm('123456');
    const begun = await person.post('/me/factors/totp', { password: PASSWORD });
    const app = new AuthenticatorApp(running, begun.body.data.secret);
    const wrong = await confirm(app.wrong());
    const right = await confirm(app.code());
    const again = await confirm(app.code(1));
    const second = await person.post('/me/factors/totp', { password: PASSWORD });

    expect([early, wrong, right, again, second].map(({ status }) => status)).toEqual([
      409, 400, 201, 409, 409,
    ]);
    expect(early.body.error.code).toBe('factor.totp_not_begun');
    expect(wrong.body.error.code).toBe('factor.code_wrong');
    expect(second.body.error.code).toBe('factor.totp_exists');
  });

  it('forgets a set-up that is begun anew, and one that takes an hour', async () => {
    const person = await acme.user('agent');
    const begin = async () => {
      const { body } = await person.post('/me/factors/totp', { password: PASSWORD });
      return new AuthenticatorApp(running, body.data.secret);
    };
    const confirm = async (app: AuthenticatorApp) =>
      (await person.post('/me/factors/totp/confirmation', { code: app.code() })).status;

    const first = await begin();
    const second = await begin();
    expect(await confirm(first)).toBe(400);
    await client.totpFactor.updateMany({
      where: { identityId: await identityOf(running, person) },
      data: { createdAt: new Date(clock.now().getTime() - 61 * 60_000) },
    });
    expect(await confirm(second)).toBe(409);
    expect(await confirm(await begin())).toBe(201);
  });

  it('confirms once when two confirmations race', async () => {
    const person = await acme.user('agent');
    const begun = await person.post('/me/factors/totp', { password: PASSWORD });
    const app = new AuthenticatorApp(running, begun.body.data.secret);

    const answers = await Promise.all(
      [1, 2, 3].map(() => person.post('/me/factors/totp/confirmation', { code: app.code() })),
    );

    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
  });

  it('is told to the log and to the person', async () => {
    const person = await acme.user('agent');
    const before = (await acme.events()).at(-1).seq;
    await withApp(running, person);

    const [added] = await acme.events(before);

    expect(added).toMatchObject({
      type: 'auth.second_factor_added',
      actor: { type: 'user', id: person.user.id },
      subject: { type: 'user', id: person.user.id },
      data: { factor: 'totp', address: expect.any(String) },
    });
    const mail = await lastNotice(running, person.user.email, 'second_factor_added');
    expect(mail.text).toContain('authenticator app');
  });
});

describe('removing the app', () => {
  it('asks for a proof, which a fresh code is', async () => {
    const person = await acme.user('agent');
    const { app } = await withApp(running, person);

    const bare = await person.delete('/me/factors/totp');
    const used = await person.send('DELETE', '/me/factors/totp', { code: app.code() });
    const fresh = await person.send('DELETE', '/me/factors/totp', { code: app.fresh() });
    const gone = await person.send('DELETE', '/me/factors/totp', { password: PASSWORD });

    expect([bare, used, fresh, gone].map(({ status }) => status)).toEqual([403, 403, 200, 404]);
    expect(bare.body.error.details.methods).toEqual(['password', 'totp', 'recovery_code']);
    expect((await person.get('/me/factors')).body.data).toMatchObject({
      totp: false,
      recoveryCodesLeft: 0,
    });
    expect(
      (await lastNotice(running, person.user.email, 'second_factor_removed')).subject,
    ).toBeTruthy();
  });

  it('is refused for the last factor while an organization requires one', async () => {
    const strict = await given.organization('Strict');
    const person = await strict.user('agent');
    const { app } = await withApp(running, person);
    await requireSecondFactor(strict.id);

    const answer = await person.send('DELETE', '/me/factors/totp', { code: app.fresh() });

    expect(answer.status).toBe(409);
    expect(answer.body.error.code).toBe('factor.required');
    expect((await person.get('/me/factors')).body.data).toMatchObject({
      ...{ totp: true, recoveryCodesLeft: 10, required: true },
    });
  });
});

describe('two removals at once', () => {
  it('leave one factor where an organization requires one', async () => {
    const strict = await given.organization('Strict');
    const person = await strict.user('agent');
    await withApp(running, person);
    const { id } = await withPasskey(person);
    await requireSecondFactor(strict.id);
    const proof = { password: PASSWORD };

    const answers = await Promise.all([
      person.send('DELETE', '/me/factors/totp', proof),
      person.send('DELETE', `/me/passkeys/${id}`, proof),
    ]);

    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const { totp, passkeys } = (await person.get('/me/factors')).body.data;
    expect(Number(totp) + passkeys).toBe(1);
  });
});

describe('recovery codes', () => {
  it('are replaced: the old ones end', async () => {
    const person = await acme.user('agent');
    const { recoveryCodes } = await withApp(running, person);

    const answer = await person.post('/me/factors/recovery-codes', { password: PASSWORD });

    expect(answer.status).toBe(201);
    const fresh: string[] = answer.body.data.recoveryCodes;
    expect(fresh).toHaveLength(10);
    expect(fresh).not.toEqual(expect.arrayContaining([recoveryCodes[0]]));
    const prove = (recoveryCode: string) =>
      person.post('/me/factors/recovery-codes', { recoveryCode });
    expect((await prove(recoveryCodes[0]!)).body.error.code).toBe('auth.proof_wrong');
    expect((await prove(fresh[0]!)).status).toBe(201);
  });

  it('are not given to somebody without a factor', async () => {
    const person = await acme.user('agent');

    const answer = await person.post('/me/factors/recovery-codes', { password: PASSWORD });

    expect(answer.status).toBe(409);
    expect(answer.body.error.code).toBe('factor.none');
  });
});
