import { hash } from '@node-rs/argon2';
import { SystemDb } from '#core/database/system-db.js';
import { Factors } from '#modules/factors/factors.service.js';
import { useApp } from '../../support/app.js';
import { addressOf, PASSWORD, type GivenOrganization } from '../../support/given.js';
import { lastNotice, noticesTo } from '../../support/notices.js';
import { BELIEVE_ADDRESSES, Visitor } from '../../support/visitor.js';

const running = await useApp({ settings: BELIEVE_ADDRESSES });
const { given, as, clock } = running;
const NEW = 'a quite different one';

afterEach(() => clock.reset());

const visitor = () => new Visitor(running);

async function linkFor(email: string): Promise<string> {
  expect((await visitor().post('/auth/password-resets', { email })).status).toBe(202);
  return (await lastNotice(running, email, 'password_reset')).token;
}

const complete = (token: string, password = NEW, by = visitor()) =>
  by.post(`/auth/password-resets/${token}/completion`, { password });

const sessionRows = (membershipId: string) =>
  running.get(SystemDb).client.session.findMany({
    where: { membershipId },
    select: { identityId: true },
  });

const typesAfter = async (acme: GivenOrganization, seq: number, by = acme.owner) =>
  (await by.get(`/events?after=${seq}`)).body.data.map(({ type }: any) => type);

describe('a password reset', () => {
  it('gives the account another password, by a link that says whose it is', async () => {
    const acme = await given.organization();
    const { email } = acme.owner.user;
    const token = await linkFor(email);
    const { path } = await lastNotice(running, email, 'password_reset');
    expect(path).toBe(`/password-reset?token=${token}`);
    expect((await as(null).get(`/auth/password-resets/${token}`)).body).toEqual({
      data: { email },
    });

    const answer = await complete(token);

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ message: expect.any(String) });
    expect((await visitor().signIn(email, PASSWORD)).status).toBe(401);
    expect((await visitor().signIn(email, NEW)).status).toBe(201);
  });

  it('ends every session, and opens none', async () => {
    const { owner } = await given.organization();
    const browser = visitor();
    const { body } = await browser.signIn(owner.user.email, PASSWORD);
    const by = visitor();

    const answer = await complete(await linkFor(owner.user.email), NEW, by);

    expect(answer.cookies.some((line) => line.startsWith('manydesk_refresh='))).toBe(false);
    expect((await owner.get('/me')).status).toBe(401);
    expect((await as(body.data.accessToken).get('/me')).status).toBe(401);
    expect((await browser.post('/auth/sessions/refresh')).status).toBe(401);
  });

  it('spares nobody their second factor, on no device', async () => {
    const { owner } = await given.organization();
    const { identityId } = (await sessionRows(owner.user.id))[0]!;
    const { client } = running.get(SystemDb);
    const factor = { identityId, sealed: Buffer.alloc(60), confirmedAt: new Date() };
    await client.totpFactor.create({ data: factor, select: { identityId: true } });
    const browser = visitor();
    const remembered = await running.get(Factors).remember(identityId, 'Firefox on Linux');
    browser.cookies.set('manydesk_remembered', remembered);
    expect((await browser.signIn(owner.user.email, PASSWORD)).status).toBe(201);
    await complete(await linkFor(owner.user.email));

    for (const by of [browser, visitor()]) {
      const answer = await by.signIn(owner.user.email, NEW);
      expect(answer.status).toBe(401);
      expect(answer.body.error).toMatchObject({
        code: 'auth.second_factor_required',
        details: { challenge: expect.any(String), methods: ['totp'], expiresIn: 300 },
      });
    }
  });

  it('is told to the person and to each of their organizations', async () => {
    const acme = await given.organization();
    const { email } = acme.owner.user;
    const other = await acme.owner.post('/organizations', { name: 'Other' });
    const before = (await as(other.body.data.accessToken).get('/events?after=0')).body.data.at(-1);
    await complete(await linkFor(email));

    const mail = await lastNotice(running, email, 'password_changed');
    expect(mail.text).toMatch(/Firefox on Linux/);
    const [first, second] = await Promise.all(
      [acme.id, other.body.data.organization.id].map((id) => visitor().signIn(email, NEW, id)),
    );
    const there = as(second!.body.data.accessToken);
    expect((await there.get(`/events?after=${before.seq}`)).body.data).toMatchObject([
      { type: 'auth.password_reset_asked', actor: { type: 'system', id: null } },
      { type: 'auth.password_reset', actor: { type: 'user', id: second!.body.data.user.id } },
      { type: 'auth.signed_in' },
    ]);
    const here = as(first!.body.data.accessToken);
    const types = (await here.get('/events?after=0')).body.data.map(({ type }: any) => type);
    expect(types).toContain('auth.password_reset');
  });

  it('works once, also twice at once', async () => {
    const { email } = (await given.organization()).owner.user;
    const token = await linkFor(email);

    const answers = await Promise.all([complete(token), complete(token, 'and another of them')]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
    expect((await complete(token)).body.error.code).toBe('auth.link_invalid');
  });

  it('voids the links that were mailed before', async () => {
    const { email } = (await given.organization()).owner.user;
    const [first, second] = [await linkFor(email), await linkFor(email)];
    await complete(second);

    expect((await complete(first, 'and another of them')).status).toBe(404);
  });

  it('is good for an hour', async () => {
    const token = await linkFor((await given.organization()).owner.user.email);
    clock.advance(3_600_001);

    expect((await complete(token)).status).toBe(404);
  });

  it('answers the same for an address without an account, and mails nothing to it', async () => {
    const email = addressOf('nobody');
    const { email: known } = (await given.organization()).owner.user;
    const [unknown, right] = [
      await visitor().post('/auth/password-resets', { email }),
      await visitor().post('/auth/password-resets', { email: known }),
    ];

    expect([unknown.status, unknown.body]).toEqual([right.status, right.body]);
    expect(await noticesTo(running, email)).toEqual([]);
  });

  it('refuses a password that is tried first, and keeps the link good', async () => {
    const acme = await given.organization('Acme Support');
    const token = await linkFor(acme.owner.user.email);

    expect((await complete(token, 'iloveyou')).body.error.code).toBe('auth.password_breached');
    const obvious = await complete(token, 'AcmeSupport1');
    expect(obvious.body.error.code).toBe('auth.password_too_obvious');
    expect((await complete(token)).status).toBe(200);
  });
});

describe('a change of the password', () => {
  const change = (token: string | null, currentPassword: string, newPassword = NEW) =>
    visitor().send('PUT', '/me/password', { currentPassword, newPassword }, token);

  it('asks for the current one, and ends the other sessions', async () => {
    const acme = await given.organization();
    const { owner } = acme;
    const elsewhere = visitor();
    const { body } = await elsewhere.signIn(owner.user.email, PASSWORD);
    const before = (await acme.events()).at(-1).seq;

    expect((await change(owner.token, PASSWORD)).status).toBe(200);

    expect((await owner.get('/me')).status).toBe(200);
    expect((await as(body.data.accessToken).get('/me')).status).toBe(401);
    expect((await elsewhere.post('/auth/sessions/refresh')).status).toBe(401);
    expect((await visitor().signIn(owner.user.email, PASSWORD)).status).toBe(401);
    expect((await visitor().signIn(owner.user.email, NEW)).status).toBe(201);
    expect((await typesAfter(acme, before))[0]).toBe('auth.password_changed');
    expect((await noticesTo(running, owner.user.email)).map(({ kind }) => kind)).toEqual([
      'password_changed',
    ]);
  });

  it('leaves no session to who signs in with the old one in the very moment', async () => {
    const statuses = [];
    for (let time = 0; time < 6; time += 1) {
      const { owner } = await given.organization();
      const [opened, changed] = await Promise.all([
        visitor().signIn(owner.user.email, PASSWORD),
        new Promise((resolve) => setTimeout(resolve, time * 15)).then(() =>
          change(owner.token, PASSWORD),
        ),
      ]);
      expect(changed.status).toBe(200);
      expect([201, 401]).toContain(opened.status);
      if (opened.status === 201)
        statuses.push((await as(opened.body.data.accessToken).get('/me')).status);
    }

    expect(new Set(statuses)).not.toContain(200);
  });

  it('is refused for a wrong one', async () => {
    const { owner } = await given.organization();

    const answer = await change(owner.token, 'not the password');

    expect(answer.status).toBe(403);
    expect(answer.body.error.code).toBe('auth.password_wrong');
    expect((await visitor().signIn(owner.user.email, PASSWORD)).status).toBe(201);
  });

  it('is nothing for an API key', async () => {
    const acme = await given.organization();
    const key = await acme.apiKey(['tickets:read']);

    const answer = await change(key.token, PASSWORD);

    expect(answer.status).toBe(403);
    expect(answer.body.error.code).toBe('auth.people_only');
  });

  it('brings an old hash up to the parameters of today at a sign-in', async () => {
    const { email } = (await given.organization()).owner.user;
    const { client } = running.get(SystemDb);
    const passwordHash = await hash(PASSWORD, { memoryCost: 8192, timeCost: 1, parallelism: 1 });
    await client.identity.updateMany({ where: { email }, data: { passwordHash } });
    const stored = () =>
      client.identity.findFirstOrThrow({ where: { email }, select: { passwordHash: true } });

    expect((await visitor().signIn(email, 'wrong')).status).toBe(401);
    expect((await stored()).passwordHash).toBe(passwordHash);
    expect((await visitor().signIn(email, PASSWORD)).status).toBe(201);
    expect((await stored()).passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect((await visitor().signIn(email, PASSWORD)).status).toBe(201);
  });
});
