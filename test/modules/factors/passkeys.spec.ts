import { SystemDb } from '#core/database/system-db.js';
import { useApp } from '../../support/app.js';
import { SoftwareAuthenticator } from '../../support/authenticator.js';
import { challengeOf, identityOf, withApp, withPasskey } from '../../support/factors.js';
import { PASSWORD, type Person } from '../../support/given.js';
import { lastNotice } from '../../support/notices.js';

const running = await useApp();
const { given, as, clock } = running;
const anybody = as(null);
const acme = await given.organization();

const creation = async (person: Person) =>
  (await person.post('/me/passkeys/options', { password: PASSWORD })).body.data.options;

describe('registering a passkey', () => {
  it('asks for one that signs in by itself, and keeps what it answers', async () => {
    const person = await acme.user('agent');
    const options = await creation(person);

    expect(options).toMatchObject({
      rp: { id: 'desk.example', name: 'Manydesk' },
      user: { name: person.user.email },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
      excludeCredentials: [],
    });
    const response = new SoftwareAuthenticator().create(options);
    const answer = await person.post('/me/passkeys', { name: ' Laptop ', response });

    expect(answer.status).toBe(201);
    const { recoveryCodes, ...passkey } = answer.body.data;
    expect(passkey).toMatchObject({ name: 'Laptop', lastUsedAt: null, backedUp: false });
    expect(recoveryCodes).toHaveLength(10);
    expect((await person.get('/me/passkeys')).body.data).toEqual([passkey]);
    expect((await person.get('/me/factors')).body.data).toMatchObject({ passkeys: 1, totp: false });
  });

  it('names those that are there, so that none is made twice, and gives codes once', async () => {
    const person = await acme.user('agent');
    const { passkey } = await withPasskey(person);

    const options = await creation(person);
    const again = await person.post('/me/passkeys', {
      name: 'Again',
      response: passkey.create(options),
    });
    const second = await withPasskey(person, 'Phone');

    expect(options.excludeCredentials).toMatchObject([
      { id: passkey.id, transports: ['internal'] },
    ]);
    expect(again.status).toBe(409);
    expect(again.body.error.code).toBe('passkey.known');
    expect(second.recoveryCodes).toBeNull();
  });

  it('takes an attestation off unread: nobody asked for it', async () => {
    const person = await acme.user('agent');

    for (const attestation of ['packed', 'tpm', 'android-safetynet', 'made-up']) {
      const key = new SoftwareAuthenticator();
      const response = key.create(await creation(person), { attestation });
      expect((await person.post('/me/passkeys', { name: attestation, response })).status).toBe(201);
    }
  });

  it('is told to the log and to the person', async () => {
    const person = await acme.user('agent');
    const before = (await acme.events()).at(-1).seq;
    const { id } = await withPasskey(person, 'Yellow key');

    const [added] = await acme.events(before);

    expect(added).toMatchObject({
      type: 'auth.passkey_added',
      actor: { id: person.user.id },
      data: { id, name: 'Yellow key' },
    });
    expect((await lastNotice(running, person.user.email, 'second_factor_added')).text).toContain(
      'a passkey',
    );
  });

  it('takes an answer once, from our page, for this person, in time', async () => {
    const [person, other] = [await acme.user('agent'), await acme.user('agent')];
    const add = (by: Person, response: unknown) =>
      by.post('/me/passkeys', { name: 'Laptop', response });
    const key = new SoftwareAuthenticator();

    const elsewhere = key.create(await creation(person), { origin: 'https://evil.example' });
    const another = key.create(await creation(person), { rpId: 'evil.example' });
    const madeUp = key.create(await creation(person), { challenge: 'bWFkZSB1cA' });
    const stolen = key.create(await creation(other));
    for (const response of [elsewhere, another, madeUp, stolen, {}, { response: { a: 1 } }]) {
      const answer = await add(person, response);
      expect(answer.status).toBe(400);
      expect(answer.body.error.code).toBe('passkey.refused');
    }
    const good = key.create(await creation(person));
    const late = key.create(await creation(person));
    expect((await add(person, good)).status).toBe(201);
    expect((await add(person, good)).body.error.code).toBe('passkey.refused');
    clock.advance(5 * 60_000);
    expect((await add(person, late)).body.error.code).toBe('passkey.refused');
  });
});

describe('a passkey as the whole sign-in', () => {
  const question = async () => (await anybody.post('/auth/passkeys/options', {})).body.data.options;
  const signIn = (response: unknown) => anybody.post('/auth/sessions/passkey', { response });

  it('opens a session that counts as two factors', async () => {
    const person = await acme.user('agent');
    const { passkey, id } = await withPasskey(person);
    const options = await question();

    expect(options).toMatchObject({ rpId: 'desk.example', userVerification: 'required' });
    expect(options).not.toHaveProperty('allowCredentials');
    const answer = await signIn(passkey.get(options));

    expect(answer.status).toBe(201);
    expect(answer.body.data.user.id).toBe(person.user.id);
    expect(answer.cookies[0]).toMatch(/^manydesk_refresh=/);
    const events = await acme.events();
    expect(events.at(-1)).toMatchObject({
      type: 'auth.signed_in',
      data: { method: 'passkey', secondFactor: true },
    });
    const [shown] = (await person.get('/me/passkeys')).body.data;
    expect(shown).toMatchObject({ id, lastUsedAt: expect.any(String) });
  });

  it('is refused alike whatever is wrong', async () => {
    const person = await acme.user('agent');
    const { passkey } = await withPasskey(person);
    const replayed = passkey.get(await question());
    expect((await signIn(replayed)).status).toBe(201);
    const stranger = new SoftwareAuthenticator();
    stranger.create({ challenge: '', user: { id: 'c3RyYW5nZXI' } });
    const late = passkey.get(await question());
    const changed = passkey.get(await question()) as { response: { signature: string } };
    changed.response.signature = Buffer.alloc(70, 7).toString('base64url');
    const otherHandle = passkey.get(await question()) as { response: { userHandle: string } };
    otherHandle.response.userHandle = 'b3RoZXI';

    const answers = [];
    for (const response of [
      replayed,
      stranger.get(await question()),
      passkey.get(await question(), { verifies: false }),
      passkey.get(await question(), { origin: 'https://evil.example' }),
      passkey.get(await question(), { rpId: 'evil.example' }),
      passkey.get(await question(), { challenge: 'bWFkZSB1cA' }),
      passkey.get(await question(), { counter: 1 }),
      changed,
      otherHandle,
      {},
    ])
      answers.push(await signIn(response));
    clock.advance(5 * 60_000);
    answers.push(await signIn(late));

    for (const answer of answers) {
      const { requestId: _, ...told } = answer.body.error;
      expect([answer.status, told]).toEqual([
        401,
        { code: 'auth.passkey_refused', message: expect.any(String) },
      ]);
    }
    expect((await signIn(passkey.get(await question()))).status).toBe(201);
  });

  it('is taken once when it is sent twice at once', async () => {
    const { passkey } = await withPasskey(await acme.user('agent'));
    const response = passkey.get(await question());

    const answers = await Promise.all([1, 2, 3].map(() => signIn(response)));

    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 401, 401]);
  });

  it('opens nothing with the answer to another kind of question', async () => {
    const person = await acme.user('agent');
    const { passkey } = await withPasskey(person);
    const challenge = await challengeOf(running, person);
    const second = await anybody.post('/auth/passkeys/options', { challenge });
    const registration = await creation(person);

    expect((await signIn(passkey.get(second.body.data.options))).status).toBe(401);
    expect((await signIn(passkey.get(registration))).status).toBe(401);
  });

  it('enters the organization asked for, and no other than the own', async () => {
    const other = await given.organization('Other');
    const { passkey } = await withPasskey(await acme.user('agent'));

    const answer = await anybody.post('/auth/sessions/passkey', {
      response: passkey.get(await question()),
      organizationId: other.id,
    });

    expect(answer.status).toBe(401);
    expect(answer.body.error.code).toBe('auth.passkey_refused');
  });
});

describe('a passkey as the second factor', () => {
  it('ends a sign-in, also without checking its user', async () => {
    const person = await acme.user('agent');
    const { passkey } = await withPasskey(person, 'Key', { verifies: false });
    const challenge = await challengeOf(running, person);

    const options = (await anybody.post('/auth/passkeys/options', { challenge })).body.data.options;
    expect(options.allowCredentials).toMatchObject([{ id: passkey.id }]);
    const response = passkey.get(options, { verifies: false });
    const show = () =>
      anybody.post('/auth/sessions/second-factor', { challenge, passkey: response });

    expect((await show()).status).toBe(201);
    expect((await show()).body.error.code).toBe('auth.second_factor_wrong');
  });

  it("is another person's for another person", async () => {
    const [person, other] = [await acme.user('agent'), await acme.user('agent')];
    await withApp(running, person);
    const { passkey } = await withPasskey(other);
    const challenge = await challengeOf(running, person);
    const options = (await anybody.post('/auth/passkeys/options', { challenge })).body.data.options;

    const answer = await anybody.post('/auth/sessions/second-factor', {
      challenge,
      passkey: passkey.get(options),
    });

    expect(answer.status).toBe(401);
  });

  it('tells its credentials to nobody who has not shown the password', async () => {
    const answer = await anybody.post('/auth/passkeys/options', { challenge: 'made up' });

    expect(answer.status).toBe(401);
    expect(answer.body.error.code).toBe('auth.challenge_over');
  });
});

describe('looking after passkeys', () => {
  it('renames and removes them, the latter with a proof', async () => {
    const person = await acme.user('agent');
    const { id } = await withPasskey(person);

    const renamed = await person.patch(`/me/passkeys/${id}`, { name: 'Old laptop' });
    const bare = await person.delete(`/me/passkeys/${id}`);
    const before = (await acme.events()).at(-1).seq;
    const removed = await person.send('DELETE', `/me/passkeys/${id}`, { password: PASSWORD });

    expect(renamed.body.data).toMatchObject({ id, name: 'Old laptop' });
    expect([bare.status, removed.status]).toEqual([403, 200]);
    expect((await acme.events(before))[0]).toMatchObject({
      type: 'auth.passkey_removed',
      data: { id, name: 'Old laptop' },
    });
    expect((await person.get('/me/factors')).body.data).toMatchObject({
      ...{ passkeys: 0, recoveryCodesLeft: 0 },
    });
  });

  it('deletes the questions that nobody answered, and the set-ups that nobody ended', async () => {
    const { client } = running.get(SystemDb);
    const { ExpiredFactors } =
      await import('../../../apps/api/src/modules/factors/expired-factors.service.js');
    const person = await acme.user('agent');
    const identityId = await identityOf(running, person);
    await person.post('/me/factors/totp', { password: PASSWORD });
    await anybody.post('/auth/passkeys/options', {});
    clock.advance(60 * 60_000);
    await anybody.post('/auth/passkeys/options', {});

    await running.get(ExpiredFactors).sweep();

    const rows = await client.passkeyChallenge.findMany({ select: { expiresAt: true } });
    expect(rows.filter(({ expiresAt }) => expiresAt <= clock.now())).toEqual([]);
    expect(rows.length).toBeGreaterThan(0);
    expect(await client.totpFactor.count({ where: { identityId } })).toBe(0);
  });
});
