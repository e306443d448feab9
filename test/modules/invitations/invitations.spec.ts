import { SystemDb } from '#core/database/system-db.js';
import { useApp } from '../../support/app.js';
import { addressOf } from '../../support/given.js';
import { invitationFrom, NEWCOMER } from '../../support/invitations.js';
import { lastNotice, noticesTo } from '../../support/notices.js';

const running = await useApp();
const { given } = running;
const acme = await given.organization('Acme Support');
const globex = await given.organization('Globex');
const ABSENT = '01900000-0000-7000-8000-000000000000';
const DAY = 24 * 3_600_000;
const MINUTE = 60_000;

afterEach(() => running.clock.reset());

describe('an invitation', () => {
  it('is mailed, listed and told, and its link shows what it offers', async () => {
    const email = addressOf('Guest').toUpperCase();

    const answer = await acme.owner.post('/invitations', { email, role: 'agent' });

    expect(answer.status).toBe(201);
    expect(answer.body.data).toMatchObject({
      email: email.toLowerCase(),
      role: 'agent',
      roleName: 'agent',
      status: 'pending',
      invitedBy: { id: acme.owner.user.id, name: 'Olga Owner' },
    });
    const { sentAt, expiresAt } = answer.body.data;
    expect(Date.parse(expiresAt) - Date.parse(sentAt)).toBe(7 * DAY);
    expect((await acme.owner.get('/invitations')).body.data[0]).toEqual(answer.body.data);
    expect((await acme.events()).at(-1)).toMatchObject({
      type: 'user.invited',
      subject: { type: 'invitation', id: answer.body.data.id },
      actor: { type: 'user', id: acme.owner.user.id },
    });
    const mail = await lastNotice(running, email, 'invitation');
    expect(mail.path).toMatch(/^\/invitation\?token=/);
    const offer = await running.as(null).get(`/auth/invitations/${mail.token}`);
    expect(offer.body.data).toEqual({
      organizationName: 'Acme Support',
      inviterName: 'Olga Owner',
      email: email.toLowerCase(),
      roleName: 'agent',
      hasAccount: false,
    });
  });

  it('keeps its token nowhere: not in rows, events or the queue of mails', async () => {
    const { token, email } = await invitationFrom(running, acme.owner);
    const system = running.get(SystemDb).client;
    const tag = Buffer.from(token, 'base64url').subarray(32);

    const rows = JSON.stringify([
      await system.invitation.findMany({ where: { email } }),
      await system.accountMail.findMany({ where: { toAddress: email } }),
      await acme.events(),
    ]);

    for (const form of ['base64url', 'hex', 'base64'] as const)
      expect(rows).not.toContain(tag.toString(form));
    expect(rows).not.toContain(token);
  });

  it('gives no more than its sender has', async () => {
    const admin = await acme.user('admin');
    const { data: role } = (
      await acme.owner.post('/roles', {
        name: 'Inviter',
        permissions: ['users:write', 'users:read', 'tickets:read'],
      })
    ).body;
    const inviter = await acme.user('viewer');
    await acme.owner.patch(`/users/${inviter.user.id}`, { role: role.id });
    const program = await acme.apiKey(['users:write', 'users:read']);

    for (const [by, wanted] of [
      [admin, 'owner'],
      [inviter, 'viewer'],
      [inviter, 'admin'],
      [program, role.id],
    ] as const) {
      const answer = await by.post('/invitations', { email: addressOf('guest'), role: wanted });
      expect(answer.status).toBe(403);
      expect(answer.body.error.code).toBe('role.too_high');
    }
    const allowed = await inviter.post('/invitations', { email: addressOf('g'), role: role.id });
    expect(allowed.body.data).toMatchObject({ role: role.id, roleName: 'Inviter' });
    const owners = await invitationFrom(running, acme.owner, { role: 'owner' });
    expect((await admin.delete(`/invitations/${owners.id}`)).status).toBe(403);
    running.clock.advance(2 * MINUTE);
    expect((await admin.post(`/invitations/${owners.id}/resend`)).status).toBe(403);
    const agent = await acme.user('agent');
    const refused = await agent.post('/invitations', { email: addressOf('g'), role: 'viewer' });
    expect(refused.body.error.code).toBe('auth.forbidden');
  });

  it('is refused for a member, and for an address that has one open', async () => {
    const agent = await acme.user('agent');
    const shut = await acme.user('agent');
    await acme.owner.put(`/users/${shut.user.id}/deactivation`);
    const { email, id } = await invitationFrom(running, acme.owner);

    for (const who of [agent, shut]) {
      const answer = await acme.owner.post('/invitations', {
        email: who.user.email,
        role: 'agent',
      });
      expect(answer.status).toBe(409);
      expect(answer.body.error.code).toBe('user.already_member');
    }
    const again = await acme.owner.post('/invitations', { email, role: 'admin' });
    expect(again.status).toBe(409);
    expect(again.body.error).toMatchObject({
      code: 'invitation.pending',
      details: { invitationId: id },
    });
    // Another organization learns nothing of it, and may invite them too.
    expect((await invitationFrom(running, globex.owner, { email })).id).not.toBe(id);
  });

  it('is open once for one address, however many ask at once', async () => {
    const email = addressOf('race');

    const answers = await Promise.all(
      [1, 2, 3].map(() => acme.owner.post('/invitations', { email, role: 'agent' })),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('goes to allowed domains alone, when the policy names some', async () => {
    const desk = await given.organization();
    const early = await invitationFrom(running, desk.owner, { email: `x@${desk.id}.example` });
    await desk.owner.patch('/organization/security', { allowedDomains: ['Acme.example'] });
    const invite = (email: string) => desk.owner.post('/invitations', { email, role: 'agent' });

    const good = await invite(`a-${desk.id}@acme.example`);
    const refused = [
      await invite('b@acme.example.evil.example'),
      await invite('c@sub.acme.example'),
      await desk.owner.post(`/invitations/${early.id}/resend`),
    ];

    expect(good.status).toBe(201);
    for (const answer of refused) {
      expect(answer.status).toBe(403);
      expect(answer.body.error.code).toBe('invitation.domain_not_allowed');
    }
    const late = await running
      .as(null)
      .post(`/auth/invitations/${early.token}/acceptance`, NEWCOMER);
    expect(late.body.error.code).toBe('invitation.domain_not_allowed');
  });

  it('is mailed anew with another link, not more than once a minute', async () => {
    const { id, email, token } = await invitationFrom(running, acme.owner);

    const early = await acme.owner.post(`/invitations/${id}/resend`);
    running.clock.advance(2 * MINUTE);
    const resent = await acme.owner.post(`/invitations/${id}/resend`);

    expect(early.status).toBe(429);
    expect(early.body.error.code).toBe('invitation.resent_lately');
    expect(resent.status).toBe(200);
    expect(Date.parse(resent.body.data.expiresAt)).toBe(running.clock.now().getTime() + 7 * DAY);
    const { token: second } = await lastNotice(running, email, 'invitation');
    expect(second).not.toBe(token);
    const nobody = running.as(null);
    expect((await nobody.get(`/auth/invitations/${token}`)).status).toBe(404);
    expect((await nobody.get(`/auth/invitations/${second}`)).status).toBe(200);
    expect((await acme.events()).at(-1)).toMatchObject({ type: 'invitation.resent' });
  });

  it('can be mailed anew when its time is over', async () => {
    const { id, email, token } = await invitationFrom(running, acme.owner);
    await running.get(SystemDb).client.invitation.updateMany({
      where: { organizationId: acme.id, id },
      data: { sentAt: new Date(Date.now() - 8 * DAY), expiresAt: new Date(Date.now() - DAY) },
    });
    expect((await running.as(null).get(`/auth/invitations/${token}`)).status).toBe(404);

    const resent = await acme.owner.post(`/invitations/${id}/resend`);

    expect(resent.status).toBe(200);
    const { token: fresh } = await lastNotice(running, email, 'invitation');
    expect((await running.as(null).get(`/auth/invitations/${fresh}`)).status).toBe(200);
  });

  it('is taken back, quietly twice, and its waiting mail is not sent', async () => {
    const email = addressOf('guest');
    const { id } = (await acme.owner.post('/invitations', { email, role: 'agent' })).body.data;

    expect((await acme.owner.delete(`/invitations/${id}`)).status).toBe(200);
    expect((await acme.owner.delete(`/invitations/${id}`)).status).toBe(200);

    expect(await noticesTo(running, email)).toEqual([]);
    const told = (await acme.events()).filter(({ subject }) => subject.id === id);
    expect(told.map(({ type }) => type)).toEqual(['user.invited', 'invitation.revoked']);
    const revoked = (await acme.owner.get('/invitations?status=revoked')).body.data;
    expect(revoked[0]).toMatchObject({ id, status: 'revoked' });
    expect((await acme.owner.post(`/invitations/${id}/resend`)).status).toBe(404);
  });

  it('of another organization is not there', async () => {
    const theirs = await invitationFrom(running, globex.owner);
    const { data: role } = (
      await globex.owner.post('/roles', { name: 'Theirs', permissions: ['tickets:read'] })
    ).body;

    for (const id of [theirs.id, ABSENT]) {
      for (const answer of [
        await acme.owner.post(`/invitations/${id}/resend`),
        await acme.owner.delete(`/invitations/${id}`),
      ]) {
        expect(answer.status).toBe(404);
        expect(answer.body.error.code).toBe('invitation.not_found');
      }
    }
    const foreign = { email: addressOf('g'), role: role.id };
    expect((await acme.owner.post('/invitations', foreign)).body.error.code).toBe('role.not_found');
    expect((await acme.owner.get('/invitations')).text).not.toContain(theirs.id);
    expect((await running.as(null).get(`/auth/invitations/${theirs.token}`)).status).toBe(200);
  });

  it('needs an address and a role', async () => {
    for (const body of [
      { email: 'nobody', role: 'agent' },
      { email: addressOf('g') },
      { email: addressOf('g'), role: 'agent', organizationId: globex.id },
      { email: addressOf('g'), role: 'agent', status: 'accepted' },
    ])
      expect((await acme.owner.post('/invitations', body)).status).toBe(400);
  });
});
