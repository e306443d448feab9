import { SystemDb } from '#core/database/system-db.js';
import { SignInTrail } from '../../../apps/api/src/modules/auth/sign-in-trail.service.js';
import { useApp } from '../../support/app.js';
import type { Answer } from '../../support/as.js';
import { addressOf, PASSWORD } from '../../support/given.js';
import { eventually } from '../../support/jobs.js';
import { lastNotice } from '../../support/notices.js';
import { BELIEVE_ADDRESSES, freshAddress, Visitor } from '../../support/visitor.js';

const running = await useApp({ settings: BELIEVE_ADDRESSES });
const { given, clock } = running;

beforeEach(() => clock.set(new Date()));
afterEach(() => clock.reset());

const visitor = () => new Visitor(running);

/** Fails to sign in from as many addresses as often, so that the account alone is throttled. */
async function failures(email: string, times: number): Promise<Answer[]> {
  const answers = [];
  for (let time = 0; time < times; time += 1)
    answers.push(await visitor().signIn(email, `wrong ${time}`));
  return answers;
}

const retryAfter = (answer: Answer) => Number(answer.headers['retry-after']);

describe('guessing at one account', () => {
  it('is free five times, and costs ever more after that, half a minute at most', async () => {
    const { email } = (await given.organization()).owner.user;
    const first = await failures(email, 6);
    expect(first.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429]);
    expect(first[5]!.body.error).toMatchObject({
      code: 'auth.throttled',
      message: expect.stringContaining('wait 1 seconds'),
      details: { retryAfter: 1 },
    });

    const waits = [];
    for (let time = 0; time < 7; time += 1) {
      const [refused] = await failures(email, 1);
      waits.push(retryAfter(refused!));
      clock.advance(waits.at(-1)! * 1000);
      expect((await failures(email, 1))[0]!.status).toBe(401);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30]);
  });

  it('is held back for the right password too, and begins anew after it', async () => {
    const { email } = (await given.organization()).owner.user;
    await failures(email, 5);
    expect((await visitor().signIn(email, PASSWORD)).status).toBe(429);
    clock.advance(1_000);

    expect((await visitor().signIn(email, PASSWORD)).status).toBe(201);
    const after = await failures(email, 6);
    expect(after.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429]);
  });

  it('is held back alike where there is no account', async () => {
    const { email } = (await given.organization()).owner.user;
    const known = await failures(email, 7);
    const unknown = await failures(addressOf('nobody'), 7);

    const told = ({ status, headers, body: { error } }: Answer) => [
      status,
      headers['retry-after'],
      { ...error, requestId: null },
    ];
    expect(unknown.map(told)).toEqual(known.map(told));
  });

  it('is no more than five guesses when fifty come at once', async () => {
    const { email } = (await given.organization()).owner.user;
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => visitor().signIn(email, `guess ${index}`)),
    );

    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(45);
  });

  it('does not hold up a device that has signed in before', async () => {
    const { email } = (await given.organization()).owner.user;
    const owner = visitor();
    await owner.signIn(email, PASSWORD);
    await failures(email, 20);
    expect((await visitor().signIn(email, PASSWORD)).status).toBe(429);

    expect((await owner.signIn(email, PASSWORD)).status).toBe(201);
  });

  it('takes the cookie of another account, or a made-up one, for no such device', async () => {
    const { email } = (await given.organization()).owner.user;
    const attacker = visitor();
    await attacker.signIn((await given.organization()).owner.user.email, PASSWORD);
    await failures(email, 5);

    expect((await attacker.signIn(email, 'guess')).status).toBe(429);
    const [device] = attacker.cookies.get('manydesk_device')!.split('.');
    attacker.cookies.set('manydesk_device', `${device}.${'A'.repeat(22)}`);
    expect((await attacker.signIn(email, 'guess')).status).toBe(429);
  });

  it('holds a device that has signed in before to five guesses of its own', async () => {
    const { email } = (await given.organization()).owner.user;
    const thief = visitor();
    await thief.signIn(email, PASSWORD);
    const statuses = [];
    for (let time = 0; time < 6; time += 1)
      statuses.push((await thief.signIn(email, 'guess')).status);

    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  });

  it('is over for whoever reads the mail of the account', async () => {
    const { email } = (await given.organization()).owner.user;
    await failures(email, 12);
    const owner = visitor();
    expect((await owner.signIn(email, PASSWORD)).status).toBe(429);
    await owner.post('/auth/password-resets', { email });
    const { token } = await lastNotice(running, email, 'password_reset');
    const password = 'a quite different one';
    await owner.post(`/auth/password-resets/${token}/completion`, { password });

    expect((await owner.signIn(email, password)).status).toBe(201);
  });

  it('counts the password that a session is asked for again', async () => {
    const { owner } = await given.organization();
    const body = { currentPassword: 'wrong', newPassword: 'a quite different one' };
    const statuses = [];
    for (let time = 0; time < 6; time += 1)
      statuses.push((await visitor().send('PUT', '/me/password', body, owner.token)).status);

    expect(statuses).toEqual([403, 403, 403, 403, 403, 429]);
  });
});

describe('guessing from one client', () => {
  it('is held back after fifty failures, whatever accounts they were about', async () => {
    const email = (await given.organization()).owner.user.email;
    const attacker = visitor();
    const guess = (account: string) => new Visitor(running, attacker.address).signIn(account, 'x');
    for (let time = 0; time < 50; time += 1)
      expect((await guess(addressOf('any'))).status).toBe(401);

    expect((await guess(addressOf('any'))).status).toBe(429);
    expect((await attacker.signIn(email, PASSWORD)).status).toBe(429);
    const neighbour = attacker.address.replace(/::1$/, ':7:7:7:7');
    expect((await new Visitor(running, neighbour).signIn(email, PASSWORD)).status).toBe(429);
    expect((await new Visitor(running, freshAddress()).signIn(email, PASSWORD)).status).toBe(201);
    clock.advance(1_000);
    expect((await attacker.signIn(email, PASSWORD)).status).toBe(201);
    expect((await guess(addressOf('any'))).status).toBe(401);
    expect(retryAfter(await guess(addressOf('any')))).toBe(2);
  });
});

describe('a failure', () => {
  it('is told to the organization used last, after the answer', async () => {
    const acme = await given.organization();
    const before = (await acme.events()).at(-1).seq;
    const stranger = visitor();
    await stranger.signIn(acme.owner.user.email, 'wrong');

    const [event] = await eventually('the failure is told', async () => {
      const events = await acme.events(before);
      return events.length > 0 && events;
    });
    expect(event).toMatchObject({
      type: 'auth.sign_in_failed',
      actor: { type: 'system', id: null },
      subject: { type: 'user', id: acme.owner.user.id },
      data: { reason: 'password', knownDevice: false, userAgent: expect.stringMatching(/Firefox/) },
    });
    expect(event.data.address).toMatch(/^2001:db8:/);
  });

  it('is told once by the sweep when the process that answered died', async () => {
    const acme = await given.organization();
    const { client } = running.get(SystemDb);
    const before = (await acme.events()).at(-1).seq;
    await visitor().signIn(acme.owner.user.email, 'wrong');
    await eventually('it is told', async () => (await acme.events(before)).length > 0);
    const where = { organizationId: acme.id };
    await client.signInAttempt.updateMany({ where, data: { recordedAt: null } });
    clock.advance(11_000);

    const trail = running.get(SignInTrail);
    await Promise.all([trail.sweep(), trail.sweep()]);
    await trail.sweep();

    expect(await acme.events(before)).toHaveLength(2);
  });

  it('is forgotten after a day', async () => {
    const { client } = running.get(SystemDb);
    const email = addressOf('nobody');
    await visitor().signIn(email, 'wrong');
    const old = { at: { lt: clock.now() } };
    clock.advance(24 * 3_600_000 + 1);

    await running.get(SignInTrail).sweep();

    expect(await client.signInAttempt.count({ where: old })).toBe(0);
  });
});
