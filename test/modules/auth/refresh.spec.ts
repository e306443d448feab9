import { SystemDb } from '#core/database/system-db.js';
import { useApp } from '../../support/app.js';
import type { Answer } from '../../support/as.js';
import { asOwner } from '../../support/database.js';
import { PASSWORD } from '../../support/given.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const running = await useApp();
const { given, as, clock } = running;
const anybody = as(null);
const acme = await given.organization();

afterEach(() => clock.reset());

/** What the organization's security page would set. */
async function setHours(sessionHours: number): Promise<void> {
  await asOwner(running.database, (client) =>
    client.query('update organizations set session_hours = $1 where id = $2', [
      sessionHours,
      acme.id,
    ]),
  );
}

const refresh = (cookie: string, headers: Record<string, string> = { 'x-manydesk-csrf': '1' }) =>
  anybody.post('/auth/sessions/refresh', undefined, { headers: { cookie, ...headers } });
const cookieOf = ({ cookies }: Answer): string => cookies[0]!.split(';')[0]!;

async function signedIn() {
  const { email } = acme.owner.user;
  const answer = await anybody.post('/auth/sessions', { email, password: PASSWORD });
  return { cookie: cookieOf(answer), client: as(answer.body.data.accessToken) };
}

describe('refreshing', () => {
  it('gives a new access token and a new cookie', async () => {
    const { cookie } = await signedIn();
    clock.advance(1_000);

    const answer = await refresh(cookie);

    expect(answer.status).toBe(200);
    expect(answer.body.data.user.id).toBe(acme.owner.user.id);
    expect(answer.body.data.organization).toEqual(acme.organization);
    expect(cookieOf(answer)).not.toBe(cookie);
    expect((await as(answer.body.data.accessToken).get('/me')).status).toBe(200);
  });

  it('needs the header that another site cannot send', async () => {
    const { cookie } = await signedIn();

    const bare = await refresh(cookie, {});
    const other = await refresh(cookie, { 'x-manydesk-csrf': '0' });

    for (const answer of [bare, other]) {
      expect(answer.status).toBe(403);
      expect(answer.body.error.code).toBe('auth.csrf_header_missing');
    }
    expect((await refresh(cookie)).status).toBe(200);
  });

  it('gives the very same successor to a second use within the grace', async () => {
    const { cookie } = await signedIn();

    const [first, second] = await Promise.all([refresh(cookie), refresh(cookie)]);
    const third = await refresh(cookie);

    for (const answer of [first, second, third]) expect(answer.status).toBe(200);
    expect(cookieOf(second)).toBe(cookieOf(first));
    expect(cookieOf(third)).toBe(cookieOf(first));
    expect((await refresh(cookieOf(first))).status).toBe(200);
  });

  it('gives one successor to fifty at once', async () => {
    const { cookie } = await signedIn();

    const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(cookie)));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(cookieOf)).size).toBe(1);
    expect((await refresh(cookieOf(answers[0]!))).status).toBe(200);
  });

  it('ends the whole family when a token comes back after the grace', async () => {
    const { cookie, client } = await signedIn();
    const carried = await refresh(cookie);
    const successor = as(carried.body.data.accessToken);
    expect((await client.get('/me')).status).toBe(200);
    clock.advance(10_001);

    const before = (await acme.events()).at(-1).seq;
    const stolen = await refresh(cookie);

    const [event] = await acme.events(before);
    expect(event).toMatchObject({
      type: 'auth.refresh_reused',
      actor: { type: 'system' },
      data: { userId: acme.owner.user.id, address: '127.0.0.1' },
    });
    expect(stolen.status).toBe(401);
    expect(stolen.body.error.code).toBe('auth.session_ended');
    expect((await refresh(cookieOf(carried))).status).toBe(401);
    expect((await client.get('/me')).status).toBe(401);
    expect((await successor.get('/me')).status).toBe(401);
  });

  it('ends the family for the token before the previous one, even within the grace', async () => {
    const { cookie, client } = await signedIn();
    const second = await refresh(cookie);
    await refresh(cookieOf(second));

    expect((await refresh(cookie)).status).toBe(401);
    expect((await client.get('/me')).status).toBe(401);
  });

  it('ends the family for a made-up secret of a known session', async () => {
    const { cookie, client } = await signedIn();
    const made = `${cookie.split('.')[0]}.${Buffer.alloc(32, 7).toString('base64url')}`;

    expect((await refresh(made)).status).toBe(401);
    expect([200, 401]).toContain((await client.get('/me')).status);
  });

  it('leaves other families alone', async () => {
    const [one, other] = [await signedIn(), await signedIn()];
    await refresh(one.cookie);
    clock.advance(10_001);
    await refresh(one.cookie);

    expect((await other.client.get('/me')).status).toBe(200);
    expect((await refresh(other.cookie)).status).toBe(200);
  });

  it('ends with the session, 30 days after its last use', async () => {
    await setHours(8_760);
    const { cookie } = await signedIn();
    clock.advance(29 * DAY);
    const carried = await refresh(cookie);
    expect(carried.status).toBe(200);

    clock.advance(29 * DAY);
    const again = await refresh(cookieOf(carried));
    expect(again.status).toBe(200);
    clock.advance(30 * DAY);
    expect((await refresh(cookieOf(again))).status).toBe(401);
  });

  it('ends when the organization says, however it is used, and a shorter time holds at once', async () => {
    await setHours(10);
    const { cookie } = await signedIn();
    clock.advance(9 * HOUR);
    const carried = await refresh(cookie);
    expect(carried.status).toBe(200);
    const client = as(carried.body.data.accessToken);
    clock.advance(HOUR - 60_000);
    expect((await client.get('/me')).status).toBe(401);
    clock.reset();

    const other = await signedIn();
    clock.advance(6 * HOUR);
    await setHours(5);
    expect((await refresh(other.cookie)).status).toBe(401);
  });

  it('ends with the membership', async () => {
    const person = await acme.user('agent');
    const { email, id } = person.user;
    const opened = await anybody.post('/auth/sessions', { email, password: PASSWORD });
    await running
      .get(SystemDb)
      .client.membership.updateMany({ where: { id }, data: { role: 'viewer' } });
    const carried = await refresh(cookieOf(opened));
    expect(carried.body.data.user.role).toBe('viewer');
    const ended = { status: 'deactivated', endedAt: new Date() };
    await running.get(SystemDb).client.membership.updateMany({ where: { id }, data: ended });

    expect((await refresh(cookieOf(carried))).status).toBe(401);
    expect((await person.get('/me')).status).toBe(401);
    const again = await anybody.post('/auth/sessions', { email, password: PASSWORD });
    expect(again.body.error.code).toBe('auth.invalid_credentials');
  });

  it.each(['', 'x', 'manydesk_refresh', `${'0'.repeat(36)}.${'A'.repeat(43)}`, '....', '%00'])(
    'refuses %p quietly',
    async (value) => {
      const answer = await refresh(`manydesk_refresh=${value}`);

      expect(answer.status).toBe(401);
      expect(answer.body.error.code).toBe('auth.session_ended');
    },
  );

  it('does not take an access token for a refresh token', async () => {
    expect((await refresh(`manydesk_refresh=${acme.owner.token}`)).status).toBe(401);
  });
});
