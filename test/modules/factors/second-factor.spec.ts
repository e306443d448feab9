import { SystemDb } from '#core/database/system-db.js';
import { Factors } from '#modules/factors/factors.service.js';
import { SignInChallenges } from '#modules/factors/sign-in-challenges.service.js';
import { startApp, useApp } from '../../support/app.js';
import { challengeOf, identityOf, withApp } from '../../support/factors.js';
import { PASSWORD } from '../../support/given.js';
import { lastNotice } from '../../support/notices.js';

const running = await useApp();
const { given, as, clock } = running;
const anybody = as(null);
const show = (challenge: string, proof: Record<string, unknown>) =>
  anybody.post('/auth/sessions/second-factor', { challenge, ...proof });

/** Somebody with an app who has shown their password. In an organization of their own: time goes on past its tokens. */
async function halfWay() {
  const acme = await given.organization();
  const person = await acme.user('agent');
  const { app, recoveryCodes } = await withApp(running, person);
  return { acme, person, app, recoveryCodes, challenge: await challengeOf(running, person) };
}

describe('a code of the app', () => {
  it('opens the session, which the log knows as one with two factors', async () => {
    const { acme, person, app, challenge } = await halfWay();

    const answer = await show(challenge, { code: app.fresh() });

    expect(answer.status).toBe(201);
    expect(answer.body.data.user.id).toBe(person.user.id);
    expect(answer.cookies[0]).toMatch(/^manydesk_refresh=/);
    expect((await as(answer.body.data.accessToken).get('/me')).status).toBe(200);
    const events = await acme.events();
    expect(events.at(-1)).toMatchObject({
      type: 'auth.signed_in',
      actor: { type: 'user', id: person.user.id },
      data: { method: 'password', secondFactor: true },
    });
  });

  it('is taken with a space in it, and of the step before or after', async () => {
    const { person, app } = await halfWay();
    const codeOf = (steps: number) => app.code(steps).replace(/^.../, '$& ');

    clock.advance(90_000);
    const early = await show(await challengeOf(running, person), { code: codeOf(-1) });
    const late = await show(await challengeOf(running, person), { code: codeOf(1) });

    expect([early.status, late.status]).toEqual([201, 201]);
  });

  it('works once: not again, not after a later one, not for two at once', async () => {
    const { person, app, challenge } = await halfWay();
    clock.advance(60_000);
    const [before, now] = [app.code(-1), app.code()];

    const first = await Promise.all([1, 2, 3].map(() => show(challenge, { code: now })));
    expect(first.map(({ status }) => status).toSorted()).toEqual([201, 401, 401]);

    const replayed = await show(await challengeOf(running, person), { code: now });
    const older = await show(await challengeOf(running, person), { code: before });
    for (const answer of [replayed, older]) {
      expect(answer.status).toBe(401);
      expect(answer.body.error.code).toBe('auth.second_factor_wrong');
    }
  });

  it('does not work when it is two steps away, or was the one that confirmed the app', async () => {
    const { app, challenge } = await halfWay();

    const confirmed = await show(challenge, { code: app.code() });
    clock.advance(90_000);
    const [old, future] = [app.code(-2), app.code(2)];

    expect(confirmed.status).toBe(401);
    expect((await show(challenge, { code: old })).status).toBe(401);
    expect((await show(challenge, { code: future })).status).toBe(401);
  });

  it("is another person's for another person", async () => {
    const one = await halfWay();
    const other = await halfWay();

    const answer = await show(one.challenge, { code: other.app.fresh() });

    expect(answer.status).toBe(401);
  });
});

describe('guessing codes', () => {
  it('is held back after five wrong ones, for fifteen minutes, whoever guesses', async () => {
    const { person, app } = await halfWay();
    const begun = clock.now().getTime();
    for (const nth of [0, 1, 2, 3, 4]) {
      const wrong = await show(await challengeOf(running, person), { code: app.wrong(nth) });
      expect(wrong.status).toBe(401);
    }

    const held = await show(await challengeOf(running, person), { code: app.fresh() });

    expect(held.status).toBe(429);
    expect(held.body.error.code).toBe('auth.throttled');
    const wait = Number(held.headers['retry-after']);
    expect(wait).toBeGreaterThan(800);
    expect(wait).toBeLessThanOrEqual(900);
    clock.set(new Date(begun + 899_000));
    expect((await show(await challengeOf(running, person), { code: app.code() })).status).toBe(429);
    clock.advance(60_000);
    expect((await show(await challengeOf(running, person), { code: app.code() })).status).toBe(201);
  });

  it('looks at five of fifty that come at once', async () => {
    const { acme, person, app, challenge } = await halfWay();
    const before = (await acme.events()).at(-1).seq;

    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, nth) => show(challenge, { code: app.wrong(nth) })),
    );

    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(45);
    const failed = (await acme.events(before)).filter(
      ({ type }) => type === 'auth.second_factor_failed',
    );
    expect(failed).toHaveLength(5);
    expect(failed[0]).toMatchObject({ subject: { id: person.user.id }, data: { factor: 'totp' } });
  });

  it('looks at five in all when two processes are asked', async () => {
    const { app, challenge } = await halfWay();
    const second = await startApp();
    second.clock.set(clock.now());
    try {
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, nth) =>
          (nth % 2 === 0 ? anybody : second.as(null)).post('/auth/sessions/second-factor', {
            ...{ challenge, code: app.wrong(nth) },
          }),
        ),
      );

      const looked = answers.filter(({ status }) => status === 401);
      expect(looked).toHaveLength(5);
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
    } finally {
      await second.close();
    }
  });

  it('counts recovery codes too, and is forgiven for a right one', async () => {
    const { app, challenge } = await halfWay();
    const wrong = { recoveryCode: 'aaaa-bbbb-cccc' };
    for (const nth of [0, 1]) await show(challenge, { code: app.wrong(nth) });
    for (const _ of [2, 3]) await show(challenge, wrong);
    expect((await show(challenge, { code: app.fresh() })).status).toBe(201);

    const statuses = [];
    for (const _ of [1, 2, 3, 4, 5, 6]) statuses.push((await show(challenge, wrong)).status);

    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  });

  it('in a session is held back alike, and locks nobody out of their sign-in', async () => {
    const { person, app, challenge } = await halfWay();
    const change = (proof: object) => person.send('DELETE', '/me/factors/totp', proof);

    const statuses = [];
    for (const nth of [0, 1, 2]) statuses.push((await change({ code: app.wrong(nth) })).status);
    for (const password of ['not this', 'nor this', 'nor that'])
      statuses.push((await change({ password })).status);

    expect(statuses).toEqual([403, 403, 403, 403, 403, 429]);
    expect((await change({ password: PASSWORD })).status).toBe(429);
    expect((await show(challenge, { code: app.fresh() })).status).toBe(201);
  });
});

describe('a recovery code', () => {
  it('stands in once, and the person is told', async () => {
    const { acme, person, recoveryCodes, challenge } = await halfWay();
    const before = (await acme.events()).at(-1).seq;

    const first = await show(challenge, { recoveryCode: recoveryCodes[3] });
    const again = await show(challenge, { recoveryCode: recoveryCodes[3] });
    const next = await show(challenge, { recoveryCode: recoveryCodes[4]!.toUpperCase() });

    expect([first, again, next].map(({ status }) => status)).toEqual([201, 401, 201]);
    const [used] = await acme.events(before);
    expect(used).toMatchObject({
      type: 'auth.recovery_code_used',
      subject: { type: 'user', id: person.user.id },
      data: { left: 9 },
    });
    expect(JSON.stringify(await acme.events(before))).not.toContain(recoveryCodes[3]);
    expect((await lastNotice(running, person.user.email, 'recovery_code_used')).text).toContain(
      '8 are left',
    );
  });

  it('is taken from one of two who show it at once', async () => {
    const { recoveryCodes, challenge } = await halfWay();

    const answers = await Promise.all(
      [1, 2].map(() => show(challenge, { recoveryCode: recoveryCodes[0] })),
    );

    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 401]);
  });
});

describe('the challenge', () => {
  it('ends after five minutes', async () => {
    const { app, challenge } = await halfWay();
    clock.advance(5 * 60_000);

    const answer = await show(challenge, { code: app.code() });

    expect(answer.status).toBe(401);
    expect(answer.body.error.code).toBe('auth.challenge_over');
  });

  it('ends with the password that it stands for', async () => {
    const { person, app, challenge } = await halfWay();
    const where = { id: await identityOf(running, person) };
    clock.advance(1000);
    const data = { passwordChangedAt: clock.now() };
    await running.get(SystemDb).client.identity.updateMany({ where, data });

    expect((await show(challenge, { code: app.fresh() })).body.error.code).toBe(
      'auth.challenge_over',
    );
  });

  it('is refused when a letter of it is another, when it is for something else, or is none', async () => {
    const { acme, person, app, challenge } = await halfWay();
    const [body, tag] = challenge.split('.') as [string, string];
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as unknown[];
    claims[2] = await identityOf(running, acme.owner);
    const forged = `${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${tag}`;
    const setup = await challengeOf(running, person, 'setup');
    const code = app.fresh();

    for (const bad of [forged, `${body}.`, `${body}.${tag}.x`, `${challenge}A`, setup, 'x', '.']) {
      const answer = await show(bad, { code });
      expect(answer.status).toBe(401);
      expect(answer.body.error.code).toBe('auth.challenge_over');
    }
  });

  it('opens nothing by itself, and nothing for somebody who left, who keeps their codes', async () => {
    const { acme, person, recoveryCodes, challenge } = await halfWay();
    const identityId = await identityOf(running, person);

    expect((await show(challenge, {})).status).toBe(401);
    const away = await acme.owner.delete(`/users/${person.user.id}`);
    expect(away.status).toBe(200);

    expect((await show(challenge, { recoveryCode: recoveryCodes[0] })).status).toBe(401);
    expect(await running.get(Factors).of(identityId)).toMatchObject({ recoveryCodesLeft: 10 });
  });

  it('says nothing about when it was issued for another organization', async () => {
    const other = await given.organization('Other');
    const { person, app } = await halfWay();
    const challenge = running.get(SignInChallenges).issue({
      ...{ purpose: 'second_factor', method: 'password' },
      identityId: await identityOf(running, person),
      ...{ organizationId: other.id, membershipId: person.user.id },
    });

    expect((await show(challenge, { code: app.fresh() })).status).toBe(401);
  });
});
