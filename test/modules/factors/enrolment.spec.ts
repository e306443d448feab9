import { useApp } from '../../support/app.js';
import { SoftwareAuthenticator } from '../../support/authenticator.js';
import {
  AuthenticatorApp,
  challengeOf,
  cookieNamed,
  requireSecondFactor,
  withApp,
} from '../../support/factors.js';
import { PASSWORD, type Person } from '../../support/given.js';

const running = await useApp();
const { given, as, clock } = running;
const anybody = as(null);
const strict = await given.organization('Strict');
await requireSecondFactor(strict.id);

const signIn = ({ user }: Person) =>
  anybody.post('/auth/sessions', { email: user.email, password: PASSWORD });

async function stopped() {
  const person = await strict.user('agent');
  const answer = await signIn(person);
  expect(answer.status).toBe(401);
  expect(answer.body.error.code).toBe('auth.second_factor_setup_required');
  return { person, challenge: answer.body.error.details.challenge as string };
}

const begin = async (challenge: string) => {
  const { body } = await anybody.post('/auth/factors/totp', { challenge });
  return new AuthenticatorApp(running, body.data.secret);
};
const confirm = (challenge: string, code: string) =>
  anybody.post('/auth/factors/totp/confirmation', { challenge, code });

describe('where an organization requires a second factor', () => {
  it('a person without one sets an app up at sign-in, and is in', async () => {
    const { person, challenge } = await stopped();
    const app = await begin(challenge);

    const wrong = await confirm(challenge, app.wrong());
    const right = await confirm(challenge, app.code());

    expect(wrong.status).toBe(400);
    expect(right.status).toBe(201);
    const { accessToken, recoveryCodes, user } = right.body.data;
    expect(recoveryCodes).toHaveLength(10);
    expect(user.id).toBe(person.user.id);
    expect(cookieNamed(right, 'manydesk_refresh')).toBeTruthy();
    expect((await as(accessToken).get('/me/factors')).body.data).toMatchObject({
      ...{ totp: true, required: true },
    });
    expect((await signIn(person)).body.error.code).toBe('auth.second_factor_required');
  });

  it('or a passkey', async () => {
    const { challenge } = await stopped();
    const begun = await anybody.post('/auth/factors/passkeys/options', { challenge });
    const response = new SoftwareAuthenticator().create(begun.body.data.options);

    const body = { challenge, name: 'Laptop', response };
    const answer = await anybody.post('/auth/factors/passkeys', body);
    const again = await anybody.post('/auth/factors/passkeys', body);

    expect(answer.status).toBe(201);
    expect(answer.body.data.recoveryCodes).toHaveLength(10);
    expect((await as(answer.body.data.accessToken).get('/me')).status).toBe(200);
    expect(again.status).toBe(400);
  });

  it('sets up the first one alone: the challenge is over when there is one', async () => {
    const { challenge, person } = await stopped();
    const app = await begin(challenge);
    expect((await confirm(challenge, app.code())).status).toBe(201);

    const answers = [
      await anybody.post('/auth/factors/totp', { challenge }),
      await confirm(challenge, app.fresh()),
      await anybody.post('/auth/factors/passkeys/options', { challenge }),
      await anybody.post('/auth/factors/totp', {
        challenge: await challengeOf(running, person, 'setup'),
      }),
    ];

    for (const answer of answers) {
      expect(answer.status).toBe(409);
      expect(answer.body.error.code).toBe('factor.exists');
    }
  });

  it('is not entered beside a factor that was set up meanwhile', async () => {
    const { person, challenge } = await stopped();
    const mine = new SoftwareAuthenticator();
    const begun = await anybody.post('/auth/factors/passkeys/options', { challenge });
    const response = mine.create(begun.body.data.options);
    await withApp(running, person);

    const late = await anybody.post('/auth/factors/passkeys', {
      ...{ challenge, name: 'Laptop', response },
    });

    expect(late.status).toBe(409);
    expect((await person.get('/me/passkeys')).body.data).toEqual([]);
  });

  it('takes no challenge that is too old, or for a second factor', async () => {
    const { person, challenge } = await stopped();
    const other = await challengeOf(running, person, 'second_factor');
    expect((await anybody.post('/auth/factors/totp', { challenge: other })).status).toBe(401);
    clock.advance(5 * 60_000);

    const answer = await anybody.post('/auth/factors/totp', { challenge });

    expect(answer.status).toBe(401);
    expect(answer.body.error.code).toBe('auth.challenge_over');
  });

  it('guesses at the confirmation are held back', async () => {
    const { challenge } = await stopped();
    const app = await begin(challenge);

    const statuses = [];
    for (const nth of [0, 1, 2, 3, 4, 5])
      statuses.push((await confirm(challenge, app.wrong(nth))).status);

    expect(statuses).toEqual([400, 400, 400, 400, 400, 429]);
  });

  it('who is signed in already goes on until the session is renewed', async () => {
    const lax = await given.organization('Lax');
    const { email } = lax.owner.user;
    const opened = await anybody.post('/auth/sessions', { email, password: PASSWORD });
    const client = as(opened.body.data.accessToken);
    await requireSecondFactor(lax.id);

    expect((await client.get('/me')).status).toBe(200);
    const cookie = cookieNamed(opened, 'manydesk_refresh')!;
    const renewed = await anybody.post('/auth/sessions/refresh', undefined, {
      headers: { cookie, 'x-manydesk-csrf': '1' },
    });

    expect(renewed.status).toBe(401);
    expect((await signIn(lax.owner)).body.error.code).toBe('auth.second_factor_setup_required');
  });
});
