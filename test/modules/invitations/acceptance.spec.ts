import { SystemDb } from '#core/database/system-db.js';
import { useApp } from '../../support/app.js';
import type { Answer } from '../../support/as.js';
import { PASSWORD, Person, type GivenOrganization } from '../../support/given.js';
import { invitationFrom, NEWCOMER } from '../../support/invitations.js';

const running = await useApp();
const { given } = running;
const acme = await given.organization('Acme Support');
const globex = await given.organization('Globex');
const DAY = 24 * 3_600_000;
const MINUTE = 60_000;

afterEach(() => running.clock.reset());

function accept(token: string, body: unknown = NEWCOMER, as = running.as(null)): Promise<Answer> {
  return as.post(`/auth/invitations/${token}/acceptance`, body);
}

function signedIn({ body }: Answer): Person {
  return new Person(running, body.data.accessToken, body.data.user);
}

async function people(desk: GivenOrganization): Promise<any[]> {
  return (await desk.owner.get('/users?limit=100')).body.data;
}

describe('accepting an invitation', () => {
  it('makes the person, the place and the session at once', async () => {
    const { token, email, id } = await invitationFrom(running, acme.owner);

    const answer = await accept(token);

    expect(answer.status).toBe(201);
    expect(answer.cookies[0]).toMatch(/^manydesk_refresh=.+HttpOnly/i);
    expect(answer.body.data).toMatchObject({
      user: { email, name: 'Gina Guest', role: 'agent', status: 'active' },
      organization: { id: acme.id },
    });
    const guest = signedIn(answer);
    expect((await guest.get('/tickets')).status).toBe(200);
    const joined = (await acme.events()).find(({ type, subject }) => {
      return type === 'user.joined' && subject.id === guest.user.id;
    });
    expect(joined).toMatchObject({
      actor: { type: 'user', id: guest.user.id },
      data: { invitationId: id, role: 'agent', isBack: false },
    });
    const [row] = await running
      .get(SystemDb)
      .client.identity.findMany({ where: { email }, select: { emailVerifiedAt: true } });
    expect(row!.emailVerifiedAt).not.toBeNull();
    const settled = (await acme.owner.get('/invitations?status=accepted')).body.data;
    expect(settled[0]).toMatchObject({ id, status: 'accepted' });
  });

  it('works once', async () => {
    const { token } = await invitationFrom(running, acme.owner);
    await accept(token);

    const second = await accept(token, { name: 'Eve', password: 'somebody else entirely' });

    expect(second.status).toBe(404);
    expect(second.body.error.code).toBe('invitation.not_found');
  });

  it('makes one place of several at once', async () => {
    const before = (await people(acme)).length;
    const { token, email } = await invitationFrom(running, acme.owner);

    const answers = await Promise.all([1, 2, 3, 4].map(() => accept(token)));

    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const others = answers.filter(({ status }) => status !== 201);
    for (const { status } of others) expect([401, 404]).toContain(status);
    const now = await people(acme);
    expect(now).toHaveLength(before + 1);
    expect(now.filter((person) => person.email === email)).toHaveLength(1);
  });

  it('answers alike for a token that is unknown, forged, another one’s, revoked or expired', async () => {
    const revoked = await invitationFrom(running, acme.owner);
    await acme.owner.delete(`/invitations/${revoked.id}`);
    const expired = await invitationFrom(running, acme.owner);
    const theirs = await invitationFrom(running, globex.owner);
    const good = await invitationFrom(running, acme.owner);
    const mixed = Buffer.concat([
      Buffer.from(good.token, 'base64url').subarray(0, 32),
      Buffer.from(theirs.token, 'base64url').subarray(32),
    ]).toString('base64url');
    running.clock.advance(7 * DAY + 1_000);
    const tokens = [revoked.token, expired.token, mixed, `${good.token.slice(0, -2)}xx`, 'x', 'é'];

    for (const token of [...tokens, 'A'.repeat(86)]) {
      for (const answer of [
        await accept(encodeURIComponent(token)),
        await running.as(null).get(`/auth/invitations/${encodeURIComponent(token)}`),
      ]) {
        expect(answer.status).toBe(404);
        expect(answer.body.error).toEqual({
          code: 'invitation.not_found',
          message: expect.any(String),
          requestId: expect.any(String),
        });
      }
    }
    running.clock.reset();
    expect((await accept(good.token)).status).toBe(201);
  });

  it('asks for a name and a good password of somebody new', async () => {
    const { token } = await invitationFrom(running, acme.owner);

    for (const body of [
      {},
      { name: 'Gina' },
      { password: 'umbrella violet' },
      { name: 'G', password: 'short' },
    ]) {
      expect((await accept(token, body)).status).toBe(400);
    }
    const forged = { ...NEWCOMER, role: 'owner', organizationId: globex.id };
    expect((await accept(token, forged)).status).toBe(400);
    expect((await accept(token)).body.data.user.role).toBe('agent');
  });

  it('goes on with what the organization demands of a sign-in', async () => {
    const desk = await given.organization();
    await desk.owner.patch('/organization/security', { secondFactorRequired: true });
    const { token, email } = await invitationFrom(running, desk.owner);

    const answer = await accept(token);

    expect(answer.status).toBe(401);
    expect(answer.body.error.code).toBe('auth.second_factor_setup_required');
    const row = { organizationId: desk.id, identity: { email } };
    const place = await running.get(SystemDb).client.membership.findFirst({ where: row });
    expect(place?.status).toBe('active');
  });
});

describe('an invitation to an address with an account', () => {
  it('is taken with its password, or by who is signed in, and leaves the account as it was', async () => {
    const byPassword = await globex.user('agent', 'Petra Password');
    const bySession = await globex.user('agent', 'Sam Session');
    const first = await invitationFrom(running, acme.owner, { email: byPassword.user.email });
    const second = await invitationFrom(running, acme.owner, { email: bySession.user.email });
    const offer = await running.as(null).get(`/auth/invitations/${first.token}`);
    expect(offer.body.data.hasAccount).toBe(true);

    const answers = [
      await accept(first.token, { name: 'Mallory', password: PASSWORD }),
      await accept(second.token, {}, bySession),
    ];

    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers[0]!.body.data.user.name).toBe('Petra Password');
    for (const answer of answers) expect(answer.body.data.organization.id).toBe(acme.id);
    // Their place in the other organization is as it was.
    expect((await bySession.get('/tickets')).status).toBe(200);
    expect((await byPassword.get('/me')).body.data.organization.id).toBe(globex.id);
  });

  it('is not taken over: neither a chosen password nor another session joins or changes it', async () => {
    const victim = await globex.user('agent', 'Vera Victim');
    const { token, email } = await invitationFrom(running, acme.owner, {
      email: victim.user.email,
    });
    const before = await identityOf(email);

    const guessed = await accept(token, NEWCOMER);
    const nothing = await accept(token, {});
    const other = await accept(token, {}, await globex.user('agent'));
    const program = await accept(token, {}, await globex.apiKey(['tickets:read']));
    const garbage = await accept(token, {}, running.as('no.such.token'));

    expect(guessed.body.error.code).toBe('auth.invalid_credentials');
    expect(nothing.body.error.code).toBe('invitation.proof_required');
    expect(other.status).toBe(403);
    expect(other.body.error.code).toBe('invitation.other_address');
    expect(program.body.error.code).toBe('invitation.proof_required');
    expect(garbage.body.error.code).toBe('invitation.proof_required');
    expect(await identityOf(email)).toEqual(before);
    expect((await people(acme)).some((person) => person.email === email)).toBe(false);
    expect((await running.as(null).get(`/auth/invitations/${token}`)).status).toBe(200);
  });

  it('does not let its password be guessed faster than at a sign-in', async () => {
    const victim = await globex.user('agent', 'Vera Victim');
    const { token } = await invitationFrom(running, acme.owner, { email: victim.user.email });

    const answers: Answer[] = [];
    for (let i = 0; i < 8; i += 1)
      answers.push(await accept(token, { password: `guess no. ${i}` }));

    expect(answers[0]!.body.error.code).toBe('auth.invalid_credentials');
    expect(answers.at(-1)!.status).toBe(429);
    expect(answers.at(-1)!.body.error.code).toBe('auth.throttled');
  });

  it('is not for somebody else who is signed in, also when the address is new', async () => {
    const { token } = await invitationFrom(running, acme.owner);

    const answer = await accept(token, {}, globex.owner);

    expect(answer.status).toBe(403);
    expect(answer.body.error.code).toBe('invitation.other_address');
  });

  async function identityOf(email: string): Promise<unknown> {
    return running.get(SystemDb).client.identity.findFirst({
      where: { email },
      select: { id: true, name: true, passwordHash: true, email: true },
    });
  }
});

describe('an invitation that has become stale', () => {
  it('restores nobody who was removed after it was sent; a new one does', async () => {
    const agent = await acme.user('agent', 'Rena Returns');
    await acme.owner.delete(`/users/${agent.user.id}`);
    const stale = await invitationFrom(running, acme.owner, { email: agent.user.email });
    // They come back another way, and are removed again while the invitation is still open.
    await running.get(SystemDb).client.membership.updateMany({
      where: { organizationId: acme.id, id: agent.user.id },
      data: { status: 'removed', endedAt: new Date(Date.now() + 1_000) },
    });

    const refused = await accept(stale.token, { password: PASSWORD });
    expect(refused.status).toBe(404);
    expect(refused.body.error.code).toBe('invitation.not_found');

    running.clock.advance(2 * MINUTE);
    await acme.owner.post(`/invitations/${stale.id}/resend`);
    await acme.owner.delete(`/invitations/${stale.id}`);
    const fresh = await invitationFrom(running, acme.owner, {
      email: agent.user.email,
      role: 'viewer',
    });
    const back = await accept(fresh.token, { password: PASSWORD });

    expect(back.status).toBe(201);
    expect(back.body.data.user).toMatchObject({ id: agent.user.id, role: 'viewer' });
    expect((await acme.events()).filter(({ type }) => type === 'user.joined').at(-1)).toMatchObject(
      {
        data: { isBack: true },
      },
    );
  });

  it('is refused when its sender was demoted, shut out or removed', async () => {
    const ends: ((id: string) => Promise<Answer>)[] = [
      (id) => acme.owner.patch(`/users/${id}`, { role: 'viewer' }),
      (id) => acme.owner.put(`/users/${id}/deactivation`),
      (id) => acme.owner.delete(`/users/${id}`),
    ];
    for (const end of ends) {
      const admin = await acme.user('admin');
      const { token, id, email } = await invitationFrom(running, admin, { role: 'admin' });
      await end(admin.user.id);

      const refused = await accept(token);

      expect(refused.status).toBe(409);
      expect(refused.body.error.code).toBe('invitation.no_longer_covered');
      expect((await people(acme)).some((person) => person.email === email)).toBe(false);
      // Somebody who has the rights vouches anew.
      running.clock.advance(2 * MINUTE);
      expect((await acme.owner.post(`/invitations/${id}/resend`)).status).toBe(200);
    }
  });

  it('gives the role as it is now, and is void with a member', async () => {
    const { data: role } = (
      await acme.owner.post('/roles', { name: 'Changing', permissions: ['tickets:read'] })
    ).body;
    const guest = await invitationFrom(running, acme.owner, { role: role.id });
    expect((await acme.owner.delete(`/roles/${role.id}`)).body.error.code).toBe('role.in_use');

    const joined = signedIn(await accept(guest.token));

    expect((await joined.get('/users')).status).toBe(403);
    await acme.owner.patch(`/users/${joined.user.id}`, { role: 'viewer' });
    expect((await acme.owner.delete(`/roles/${role.id}`)).status).toBe(200);
  });
});
