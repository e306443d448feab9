import { useApp } from '../../support/app.js';
import { addressOf, PASSWORD, type Person } from '../../support/given.js';
import { lastNotice, noticesTo } from '../../support/notices.js';
import { BELIEVE_ADDRESSES, Visitor } from '../../support/visitor.js';

const running = await useApp({ settings: BELIEVE_ADDRESSES });
const { given, clock } = running;

afterEach(() => clock.reset());

const visitor = () => new Visitor(running);
const ask = (person: Person, email: string, password = PASSWORD) =>
  visitor().post('/me/email-changes', { email, password }, person.token);
const confirm = (token: string) => visitor().post(`/auth/email-changes/${token}/completion`);
const kindsTo = async (to: string) => (await noticesTo(running, to)).map(({ kind }) => kind);

async function linkFor(person: Person, email: string): Promise<string> {
  expect((await ask(person, email)).status).toBe(202);
  return (await lastNotice(running, email, 'email_change')).token;
}

describe('a change of the e-mail address', () => {
  it('is confirmed at the new address and told to both', async () => {
    const acme = await given.organization();
    const { owner } = acme;
    const { email: old } = owner.user;
    const email = addressOf('new');
    const before = (await acme.events()).at(-1).seq;
    const token = await linkFor(owner, email.toUpperCase().replace('DESK.EXAMPLE', 'desk.example'));
    expect(await kindsTo(old)).toEqual(['email_change_asked']);
    expect((await owner.get('/me')).body.data.email).toBe(old);

    expect((await confirm(token)).status).toBe(200);

    expect((await owner.get('/me')).body.data.email).toBe(email);
    expect((await visitor().signIn(old, PASSWORD)).status).toBe(401);
    expect((await visitor().signIn(email, PASSWORD)).status).toBe(201);
    expect(await kindsTo(old)).toEqual(['email_change_asked', 'email_changed']);
    expect(await kindsTo(email)).toEqual(['email_change', 'email_changed']);
    const events = (await acme.events(before)).filter(({ type }) => /email/.test(type));
    expect(events).toMatchObject([
      { type: 'auth.email_change_asked', changes: { email: [old, email] } },
      { type: 'auth.email_changed', changes: { email: [old, email] } },
    ]);
    expect(events[1].actor).toEqual({ type: 'user', id: owner.user.id });
  });

  it('asks for the password', async () => {
    const { owner } = await given.organization();
    const email = addressOf('new');

    const answer = await ask(owner, email, 'not the password');

    expect(answer.status).toBe(403);
    expect(answer.body.error.code).toBe('auth.password_wrong');
    expect(await kindsTo(email)).toEqual([]);
  });

  it('says nothing of an address that has an account, and changes nothing', async () => {
    const [{ owner }, other] = [await given.organization(), await given.organization()];
    const taken = other.owner.user.email;

    const [answer, free] = [await ask(owner, taken), await ask(owner, addressOf('free'))];

    expect([answer.status, answer.body]).toEqual([free.status, free.body]);
    expect(await kindsTo(taken)).toEqual([]);
  });

  it('is refused when somebody else came to have the address meanwhile', async () => {
    const [{ owner }, other] = [await given.organization(), await given.organization()];
    const email = addressOf('wanted');
    const [first, second] = [await linkFor(owner, email), await linkFor(other.owner, email)];

    const answers = await Promise.all([confirm(first), confirm(second)]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const refused = answers.find(({ status }) => status === 409)!;
    expect(refused.body.error.code).toBe('auth.email_taken');
  });

  it('works once and for 24 hours', async () => {
    const { owner } = await given.organization();
    const token = await linkFor(owner, addressOf('new'));
    await confirm(token);
    expect((await confirm(token)).status).toBe(404);

    const late = await linkFor((await given.organization()).owner, addressOf('late'));
    clock.advance(24 * 3_600_000 + 1);
    expect((await confirm(late)).status).toBe(404);
  });

  it('voids the links that were mailed to the old address', async () => {
    const { owner } = await given.organization();
    const { email: old } = owner.user;
    await visitor().post('/auth/password-resets', { email: old });
    const { token: reset } = await lastNotice(running, old, 'password_reset');
    await confirm(await linkFor(owner, addressOf('new')));

    const password = 'a quite different one';
    const answer = await visitor().post(`/auth/password-resets/${reset}/completion`, { password });

    expect(answer.status).toBe(404);
  });

  it('ends with a new password, which whoever asked for it did not choose', async () => {
    const { owner } = await given.organization();
    const email = addressOf('thief');
    const token = await linkFor(owner, email);
    const body = { currentPassword: PASSWORD, newPassword: 'a quite different one' };
    await visitor().send('PUT', '/me/password', body, owner.token);

    expect((await confirm(token)).status).toBe(404);
  });

  it('is nothing for an API key', async () => {
    const acme = await given.organization();
    const key = await acme.apiKey(['tickets:read']);
    const body = { email: addressOf('new'), password: PASSWORD };

    expect((await key.post('/me/email-changes', body)).body.error.code).toBe('auth.people_only');
  });
});

describe('a change of the name', () => {
  it('is seen by the organization', async () => {
    const acme = await given.organization();
    const before = (await acme.events()).at(-1).seq;

    const answer = await acme.owner.patch('/me', { name: ' Olga Newname ' });

    expect(answer.status).toBe(200);
    expect(answer.body.data.user.name).toBe('Olga Newname');
    expect((await acme.owner.get('/users')).body.data[0].name).toBe('Olga Newname');
    expect(await acme.events(before)).toMatchObject([
      { type: 'auth.profile_changed', changes: { name: ['Olga Owner', 'Olga Newname'] } },
    ]);
    await acme.owner.patch('/me', { name: 'Olga Newname' });
    expect(await acme.events(before)).toHaveLength(1);
  });
});
