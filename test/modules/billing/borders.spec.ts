import { describe, expect, it } from '@jest/globals';
import { Entitlements } from '#core/tenancy/entitlements.js';
import { useApp } from '../../support/app.js';
import { expectStatus, type Answer } from '../../support/as.js';
import { grant, SELLING } from '../../support/billing.js';
import { asOwner } from '../../support/database.js';
import { newTicket, type GivenOrganization } from '../../support/given.js';
import { invitationFrom, NEWCOMER } from '../../support/invitations.js';
import { eventually } from '../../support/jobs.js';

const running = await useApp({ settings: SELLING });
const { given } = running;

/** One of `answers` went through, and all others were told that the plan has no more. */
function oneOf(answers: Answer[], entitlement: string): void {
  expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
  for (const { status, body } of answers.filter((answer) => answer.status >= 300))
    expect([status, body.error.code, body.error.details.entitlement]).toEqual([
      ...[402, 'billing.limit_reached', entitlement],
    ]);
}

async function active(acme: GivenOrganization): Promise<number> {
  const { data } = expectStatus(await acme.owner.get('/billing/entitlements'), 200).body;
  return data.limits.find(({ entitlement }: any) => entitlement === 'seats').used;
}

function upload(acme: GivenOrganization, bytes: string): Promise<Answer> {
  return acme.owner.post('/attachments?name=a.txt', Buffer.from(bytes), {
    headers: { 'content-type': 'application/octet-stream' },
  });
}

describe('the last place', () => {
  it('of the seats is had by one of those who come, come back and are let in again at once', async () => {
    const acme = await given.organization();
    const [ann, bob] = [await acme.user('agent'), await acme.user('agent')];
    const guests = [
      await invitationFrom(running, acme.owner),
      await invitationFrom(running, acme.owner),
    ];
    for (const { user } of [ann, bob])
      expectStatus(await acme.owner.put(`/users/${user.id}/deactivation`), 200);
    await grant(running, acme.id, { seats: 2 });
    const answers = await Promise.all([
      ...[ann, bob].map(({ user }) => acme.owner.delete(`/users/${user.id}/deactivation`)),
      ...guests.map(({ token }) =>
        running.as(null).post(`/auth/invitations/${token}/acceptance`, NEWCOMER),
      ),
    ]);
    oneOf(answers, 'seats');
    expect(await active(acme)).toBe(2);
  });

  it('of the tickets of a month is had by one of those who open, and split off, at once', async () => {
    const acme = await given.organization();
    const { id } = await acme.ticket();
    const message = await acme.message(id, 'reply');
    await grant(running, acme.id, { tickets: 2 });
    const split = { messageIds: [message.id] };
    const answers = await Promise.all([
      acme.owner.post('/tickets', newTicket()),
      acme.owner.post(`/tickets/${id}/splits`, split),
      acme.owner.post('/tickets', newTicket()),
    ]);
    oneOf(answers, 'ticketsAMonth');
    expect((await acme.owner.get('/tickets')).body.total).toBe(2);
    const after = await acme.owner.post(`/tickets/${id}/splits`, split);
    expect([after.status, after.body.error.code]).not.toEqual([201, undefined]);
  });

  it('of the tickets is not found by splitting, which leaves everything where it was', async () => {
    const acme = await given.organization();
    const { id } = await acme.ticket();
    const message = await acme.message(id, 'reply');
    await grant(running, acme.id, { tickets: 1 });
    const before = (await acme.owner.get(`/tickets/${id}/messages`)).body.data;
    oneOf(
      [
        await acme.owner.patch(`/tickets/${id}`, { subject: 'Mine' }),
        await acme.owner.post(`/tickets/${id}/splits`, { messageIds: [message.id] }),
      ],
      'ticketsAMonth',
    );
    expect((await acme.owner.get(`/tickets/${id}/messages`)).body.data).toEqual(before);
  });

  it('of the storage is had by one of two files that are sent at once, and the same file twice is one', async () => {
    const acme = await given.organization();
    await grant(running, acme.id, { storage: 10 });
    oneOf(await Promise.all([upload(acme, '123456'), upload(acme, 'abcdef')]), 'storageBytes');
    const globex = await given.organization();
    await grant(running, globex.id, { storage: 10 });
    const answers = await Promise.all([upload(globex, '123456'), upload(globex, '123456')]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
  });

  it('is not taken by an archive of the organization, also where what is used is shown', async () => {
    const acme = await given.organization();
    expectStatus(await upload(acme, '12345'), 201);
    await asOwner(running.database, (client) =>
      client.query(
        `with file as (
           insert into files (organization_id, id, sha256, size, media_type)
           values ($1, gen_random_uuid(), decode(repeat('ab', 32), 'hex'), 900, 'application/x-tar') returning id
         ) insert into exports (organization_id, id, kind, format, parameters, status, requested_by_user_id, file_id)
         select $1, gen_random_uuid(), 'organization', 'tar', '{}', 'done', $2, id from file`,
        [acme.id, acme.owner.user.id],
      ),
    );
    await grant(running, acme.id, { storage: 10 });
    const { limits } = expectStatus(await acme.owner.get('/billing/entitlements'), 200).body.data;
    expect(limits[2]).toEqual({ entitlement: 'storageBytes', limit: 10, used: 5, percent: 50 });
  });
});

describe('a feature', () => {
  it('is not had by who asks while the plan becomes smaller, whatever this process remembers', async () => {
    const acme = await given.organization();
    await grant(running, acme.id, { features: ['custom_roles', 'sso'] });
    const role = { name: 'Night', description: '', permissions: ['tickets:read'] };
    expectStatus(await acme.owner.post('/roles', role), 201);
    const answer = await asOwner(running.database, async (client) => {
      // As the change of a plan does: it holds the organization, and this process has not heard of it yet.
      await client.query('begin');
      await client.query('select from organizations where id = $1 for no key update', [acme.id]);
      const asked = acme.owner.post('/roles', { ...role, name: 'Day' });
      await eventually('somebody waits for the organization', async () => {
        const { rows } = await client.query(
          `select count(*)::int as n from pg_stat_activity
           where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return rows[0].n > 0;
      });
      await client.query(
        `update organization_entitlements set features = '{}' where organization_id = $1`,
        [acme.id],
      );
      await client.query('commit');
      return asked;
    });
    expect([answer.status, answer.body.error?.code]).toEqual([402, 'billing.limit_reached']);
    expect(
      (await acme.owner.get('/roles')).body.data.some(({ name }: any) => name === 'Night'),
    ).toBe(true);
  });

  it('is not made more of by its other parts: domains and the demand for it', async () => {
    const acme = await given.organization();
    const connection = { name: 'P', issuer: 'https://p.example', clientId: 'a', clientSecret: 'b' };
    const made = expectStatus(await acme.owner.post('/sso/connections', connection), 201).body.data;
    const domain = (name: string): Promise<Answer> =>
      acme.owner.post('/sso/domains', { domain: name, connectionId: made.id });
    const first = expectStatus(await domain(`a-${acme.organization.slug}.example`), 201).body.data;
    await asOwner(running.database, (client) =>
      client.query('update sso_domains set verified_at = now() where id = $1', [first.id]),
    );
    await grant(running, acme.id, { features: [] });
    const refused = [
      await domain(`b-${acme.organization.slug}.example`),
      await acme.owner.put('/sso/enforcement'),
      await acme.owner.patch(`/sso/connections/${made.id}`, { name: 'Q' }),
    ];
    for (const { status, body } of refused)
      expect([status, body.error.details?.entitlement]).toEqual([402, 'sso']);
    expect(running.get(Entitlements).known(acme.id)?.features.size).toBe(0);
    expectStatus(await acme.owner.delete('/sso/enforcement'), 200);
    expectStatus(await acme.owner.delete(`/sso/domains/${first.id}`), 200);
    expectStatus(await acme.owner.delete(`/sso/connections/${made.id}`), 200);
  });
});
