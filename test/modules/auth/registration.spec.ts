import { SystemDb } from '#core/database/system-db.js';
import { useApp } from '../../support/app.js';
import { asOwner } from '../../support/database.js';
import { addressOf, PASSWORD } from '../../support/given.js';
import { lastNotice, noticesTo } from '../../support/notices.js';
import { BELIEVE_ADDRESSES, Visitor } from '../../support/visitor.js';

const running = await useApp({ settings: BELIEVE_ADDRESSES });
const { given, as, clock } = running;

afterEach(() => clock.reset());

const visitor = () => new Visitor(running);
const registration = (email: string, fields: Record<string, unknown> = {}) => ({
  organizationName: 'Acme Support',
  name: 'Olga Owner',
  email,
  ...fields,
});

async function linkFor(email: string, fields: Record<string, unknown> = {}): Promise<string> {
  await visitor().post('/auth/registrations', registration(email, fields));
  return (await lastNotice(running, email, 'registration')).token;
}

const complete = (token: string, fields: Record<string, unknown> = {}, by = visitor()) =>
  by.post(`/auth/registrations/${token}/completion`, { password: PASSWORD, ...fields });

describe('registration', () => {
  it('opens an organization with its owner signed in, once the mail was read', async () => {
    const email = addressOf('owner');
    const asked = await visitor().post('/auth/registrations', registration(email.toUpperCase()));
    expect(asked.status).toBe(202);
    expect(asked.body).toEqual({ message: expect.any(String) });
    const { token, path, text } = await lastNotice(running, email, 'registration');
    expect(path).toBe(`/registration?token=${token}`);
    expect(text).not.toMatch(/Olga|Acme/);
    const pending = await as(null).get(`/auth/registrations/${token}`);
    expect(pending.body.data).toEqual({
      email,
      name: 'Olga Owner',
      organizationName: 'Acme Support',
    });

    const answer = await complete(token);

    expect(answer.status).toBe(201);
    expect(answer.body.data).toEqual({
      accessToken: expect.any(String),
      expiresIn: 900,
      user: expect.objectContaining({ name: 'Olga Owner', email, role: 'owner', status: 'active' }),
      organization: expect.objectContaining({
        name: 'Acme Support',
        slug: expect.stringMatching(/^acme-support-/),
      }),
    });
    const me = await as(answer.body.data.accessToken).get('/me');
    expect(me.body.data).toMatchObject({
      email,
      hasPassword: true,
      secondFactor: { totp: false, passkeys: 0, recoveryCodesLeft: 0 },
      organization: answer.body.data.organization,
    });
    expect((await visitor().signIn(email, PASSWORD)).status).toBe(201);
  });

  it('notes that the address is proved', async () => {
    const email = addressOf('owner');
    await complete(await linkFor(email));

    const { client } = running.get(SystemDb);
    const row = await client.identity.findFirstOrThrow({
      where: { email },
      select: { emailVerifiedAt: true },
    });
    expect(row.emailVerifiedAt).toBeInstanceOf(Date);
  });

  it('lets whoever reads the mail correct the names', async () => {
    const token = await linkFor(addressOf('owner'), { name: 'Spam', organizationName: 'Buy this' });

    const { body } = await complete(token, { name: 'Olga', organizationName: 'Acme' });

    expect(body.data.user.name).toBe('Olga');
    expect(body.data.organization.name).toBe('Acme');
  });

  it('begins the log with the organization, its owner and the session', async () => {
    const { body } = await complete(await linkFor(addressOf('owner')));

    const { data } = (await as(body.data.accessToken).get('/events?after=0')).body;

    expect(data.map(({ seq, type }: any) => [seq, type])).toEqual([
      [1, 'organization.registered'],
      [2, 'user.joined'],
      [3, 'auth.signed_in'],
    ]);
    expect(data[2].actor).toEqual({ type: 'user', id: body.data.user.id });
    expect(data[2].data).toMatchObject({ method: 'link', secondFactor: false });
  });

  it('tells an address that has an account so, by mail, and makes no second one', async () => {
    const acme = await given.organization();
    const { email } = acme.owner.user;
    const stranger = addressOf('nobody');
    const [known, unknown] = await Promise.all(
      [email, stranger].map((to) => visitor().post('/auth/registrations', registration(to))),
    );

    expect(known!.status).toBe(202);
    expect(known!.body).toEqual(unknown!.body);
    // The mail that was asked for is made into the one that is due, which is then sent.
    await noticesTo(running, email);
    const mails = await noticesTo(running, email);
    expect(mails.map(({ kind, path }) => [kind, path])).toEqual([
      ['registration_known', '/sign-in'],
    ]);
  });

  it('uses a link once, also when it is used twice at once', async () => {
    const email = addressOf('twin');
    const token = await linkFor(email);

    const answers = await Promise.all([
      complete(token, { password: 'the first password' }),
      complete(token, { password: 'the second password' }),
    ]);
    const again = await complete(token, { password: 'the third password' });

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 404]);
    expect(again.status).toBe(404);
    expect(again.body.error.code).toBe('auth.link_invalid');
    expect((await as(null).get(`/auth/registrations/${token}`)).status).toBe(404);
  });

  it('makes one account of two links of one address', async () => {
    const email = addressOf('twice');
    const [first, second] = [await linkFor(email), await linkFor(email)];

    expect((await complete(second, { password: 'the second password' })).status).toBe(201);
    expect((await complete(first, { password: 'the first password' })).status).toBe(404);
    expect((await visitor().signIn(email, 'the second password')).status).toBe(201);
  });

  it('takes a link for 24 hours', async () => {
    const token = await linkFor(addressOf('late'));
    clock.advance(24 * 3_600_000 - 1_000);
    expect((await as(null).get(`/auth/registrations/${token}`)).status).toBe(200);
    clock.advance(2_000);

    expect((await complete(token)).status).toBe(404);
  });

  it.each(['x', 'A'.repeat(64), 'A'.repeat(300), '../../me'])(
    'takes %p for no link',
    async (made) => {
      const answer = await complete(encodeURIComponent(made));

      expect(answer.status).toBe(404);
    },
  );

  it('keeps no token, neither where mails wait nor where links are kept', async () => {
    const token = await linkFor(addressOf('owner'));
    const secret = Buffer.from(token, 'base64url').subarray(16);

    const kept = await asOwner(running.database, async (client) => {
      const { rows } = await client.query(
        `select to_jsonb(m)::text as row from account_mails m
         union all select to_jsonb(l)::text from account_links l`,
      );
      return rows.map(({ row }) => row).join();
    });

    for (const form of ['hex', 'base64', 'base64url'] as const)
      expect(kept).not.toContain(secret.toString(form));
    expect(kept).not.toContain(token);
  });

  it('takes a link for nothing else than what it was made for', async () => {
    const token = await linkFor(addressOf('owner'));

    expect((await as(null).get(`/auth/password-resets/${token}`)).status).toBe(404);
    expect((await as(null).post(`/auth/email-changes/${token}/completion`)).status).toBe(404);
  });

  it('mails one address five times an hour at most, whoever asks', async () => {
    const email = addressOf('annoyed');
    for (let time = 0; time < 8; time += 1)
      expect((await visitor().post('/auth/registrations', registration(email))).status).toBe(202);

    expect(await noticesTo(running, email)).toHaveLength(5);
    clock.advance(3_600_001);
    await visitor().post('/auth/registrations', registration(email));
    expect(await noticesTo(running, email)).toHaveLength(6);
  });

  it('lets one client ask thirty times, for whatever addresses', async () => {
    const by = visitor();
    const answers = [];
    for (let time = 0; time < 31; time += 1)
      answers.push(await by.post('/auth/registrations', registration(addressOf('any'))));

    expect(answers.filter(({ status }) => status === 202)).toHaveLength(30);
    expect(answers.at(-1)!.status).toBe(429);
    expect(answers.at(-1)!.headers['retry-after']).toBe('60');
    expect((await visitor().post('/auth/registrations', registration('a@b.example'))).status).toBe(
      202,
    );
  });

  it.each([
    ['organizationName', ''],
    ['organizationName', '   '],
    ['organizationName', 'x'.repeat(201)],
    ['name', ''],
    ['email', 'not an address'],
    ['email', `${'x'.repeat(250)}@desk.example`],
    ['password', PASSWORD],
    ['locale', 'not a language'],
  ])('names %s when it is %p', async (field, value) => {
    const answer = await visitor().post(
      '/auth/registrations',
      registration(addressOf('nobody'), { [field]: value }),
    );

    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe('validation.failed');
    expect(answer.body.error.details).toEqual([{ field, problem: expect.any(String) }]);
  });

  it.each([
    ['seven77', 'validation.failed'],
    ['x'.repeat(201), 'validation.failed'],
    ['password1', 'auth.password_breached'],
    ['Olga Owner', 'auth.password_too_obvious'],
    ['acme-support', 'auth.password_too_obvious'],
  ])('refuses the password %p by %s, and keeps the link good', async (password, code) => {
    const token = await linkFor(addressOf('owner'));

    const answer = await complete(token, { password });

    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe(code);
    expect((await complete(token)).status).toBe(201);
  });
});
