import { SystemDb } from '#core/database/system-db.js';
import { Factors } from '#modules/factors/factors.service.js';
import { UsersService } from '#modules/users/users.service.js';
import { useApp } from '../../support/app.js';
import { identityOf, withApp, withPasskey } from '../../support/factors.js';
import { PASSWORD, type GivenOrganization, type Person } from '../../support/given.js';
import { lastNotice } from '../../support/notices.js';

const running = await useApp();
const { given, as } = running;
const acme = await given.organization();
const reset = (by: Person, of: Person) => by.delete(`/users/${of.user.id}/factors`);

/** Makes `person` a member of `organization` too, who has come in there. */
async function joins(person: Person, organization: GivenOrganization, role: 'owner' | 'agent') {
  const identityId = await identityOf(running, person);
  const member = { identityId, name: person.user.name, role };
  const { id } = await running.get(SystemDb).transactionIn(organization.id, async (tx) => {
    const joined = await running.get(UsersService).join(tx, organization.id, member);
    await tx.membership.updateMany({
      where: { organizationId: organization.id, id: joined.id },
      data: { lastActiveAt: new Date() },
    });
    return joined;
  });
  return id;
}

describe('an administrator who resets the factors of somebody', () => {
  it('takes all of them away, and everybody is told', async () => {
    const [admin, person] = [await acme.user('admin', 'Anna'), await acme.user('agent')];
    await withApp(running, person);
    await withPasskey(person);
    const identityId = await identityOf(running, person);
    const device = await running.get(Factors).remember(identityId, 'Firefox on Linux');
    const before = (await acme.events()).at(-1).seq;

    const answer = await reset(admin, person);

    expect(answer.status).toBe(200);
    expect((await person.get('/me/factors')).body.data).toMatchObject({
      ...{ totp: false, passkeys: 0, recoveryCodesLeft: 0 },
    });
    const events = await acme.events(before);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      type: 'auth.second_factor_reset',
      actor: { type: 'user', id: admin.user.id },
      subject: { type: 'user', id: person.user.id },
      data: { totp: 1, passkeys: 1, recoveryCodes: 10, devices: 1 },
    });
    expect(await running.get(Factors).isRemembered(identityId, device)).toBe(false);
    const mail = await lastNotice(running, person.user.email, 'second_factor_reset');
    expect(mail.text).toContain('Acme Support');
    const signedIn = await as(null).post('/auth/sessions', {
      ...{ email: person.user.email, password: PASSWORD },
    });
    expect(signedIn.status).toBe(201);
  });

  it('is quiet when there is none', async () => {
    const person = await acme.user('agent');
    const before = await acme.events();

    expect((await reset(acme.owner, person)).status).toBe(200);
    expect(await acme.events()).toEqual(before);
  });

  it('needs the right to, and every right of that person', async () => {
    const [admin, agent, owner] = [
      await acme.user('admin'),
      await acme.user('agent'),
      await acme.user('owner'),
    ];
    await withApp(running, owner);

    const byAgent = await reset(agent, owner);
    const byAdmin = await reset(admin, owner);

    expect(byAgent.body.error.code).toBe('auth.forbidden');
    expect(byAdmin.status).toBe(403);
    expect(byAdmin.body.error).toMatchObject({
      code: 'role.too_high',
      details: {
        missing: ['organization:own', 'organization:export', 'billing:read', 'billing:write'],
      },
    });
    expect((await owner.get('/me/factors')).body.data).toMatchObject({ totp: true });
    expect((await reset(acme.owner, owner)).status).toBe(200);
  });

  it('does not free themselves of their own', async () => {
    const admin = await acme.user('admin');
    await withApp(running, admin);

    const answer = await reset(admin, admin);

    expect(answer.status).toBe(409);
    expect(answer.body.error.code).toBe('factor.own');
    expect((await admin.get('/me/factors')).body.data).toMatchObject({ totp: true });
  });

  it('finds nobody of another organization, and nobody who left', async () => {
    const other = await given.organization('Other');
    const [stranger, gone] = [await other.user('agent'), await acme.user('agent')];
    await withApp(running, stranger);
    await acme.owner.delete(`/users/${gone.user.id}`);

    for (const person of [stranger, gone]) {
      const answer = await reset(acme.owner, person);
      expect(answer.status).toBe(404);
      expect(answer.body.error.code).toBe('user.not_found');
    }
    expect((await stranger.get('/me/factors')).body.data).toMatchObject({ totp: true });
  });

  it('opens no other organization: who is in two keeps their factors', async () => {
    const other = await given.organization('Other');
    const person = await acme.user('agent');
    const { app } = await withApp(running, person);
    const there = await joins(person, other, 'owner');

    const here = await reset(acme.owner, person);
    const beyond = await other.owner.delete(`/users/${there}/factors`);

    for (const answer of [here, beyond]) {
      expect(answer.status).toBe(409);
      expect(answer.body.error.code).toBe('factor.shared');
    }
    expect((await person.get('/me/factors')).body.data).toMatchObject({
      ...{ totp: true, recoveryCodesLeft: 10 },
    });
    expect(JSON.stringify(here.body)).not.toContain(other.id);
    expect((await person.send('DELETE', '/me/factors/totp', { code: app.fresh() })).status).toBe(
      200,
    );
  });

  it('does it again when the other place has ended for good', async () => {
    const other = await given.organization('Other');
    const person = await acme.user('agent');
    await withApp(running, person);
    const there = await joins(person, other, 'agent');

    await other.owner.put(`/users/${there}/deactivation`);
    expect((await reset(acme.owner, person)).status).toBe(409);
    await other.owner.delete(`/users/${there}`);

    expect((await reset(acme.owner, person)).status).toBe(200);
  });
});

describe('the operator who resets the factors of somebody', () => {
  it('does so for a person of two organizations, and both are told', async () => {
    const { FactorResets } =
      await import('../../../apps/api/src/modules/factors/factor-resets.service.js');
    const other = await given.organization('Other');
    const person = await acme.user('agent');
    await withApp(running, person);
    const there = await joins(person, other, 'agent');

    const resets = running.get(FactorResets);
    expect(await resets.byOperator(` ${person.user.email.toUpperCase()} `)).toBe(true);
    expect(await resets.byOperator(person.user.email)).toBe(false);
    expect(await resets.byOperator('nobody@desk.example')).toBeNull();

    for (const [organization, id] of [[acme, person.user.id] as const, [other, there] as const]) {
      expect((await organization.events()).at(-1)).toMatchObject({
        type: 'auth.second_factor_reset',
        actor: { type: 'system' },
        subject: { type: 'user', id },
      });
    }
  });
});
