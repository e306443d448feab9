import { describe, expect, it } from '@jest/globals';
import { Entitlements } from '#core/tenancy/entitlements.js';
import { SystemDb } from '#core/database/system-db.js';
import { newId } from '#core/context/ids.js';
import { PeopleService } from '#modules/users/people.service.js';
import { useApp } from '../../support/app.js';
import { expectStatus, type Answer } from '../../support/as.js';
import { grant, SELLING } from '../../support/billing.js';
import { asOwner } from '../../support/database.js';
import { addressOf, newTicket } from '../../support/given.js';
import { eventually } from '../../support/jobs.js';

const running = await useApp({ settings: SELLING });
const { given } = running;

function limitReached(answer: Answer, entitlement: string, limit: number, used: number): void {
  expect(answer.status).toBe(402);
  expect(answer.body.error.code).toBe('billing.limit_reached');
  expect(answer.body.error.details).toMatchObject({ entitlement, limit, used });
  expect(answer.body.error.details.whatToDo).toEqual(expect.any(String));
}

/** Lets somebody in who is new, as an invitation, a provider and a directory do. */
async function admit(organizationId: string): Promise<unknown> {
  const identityId = newId();
  return running.get(SystemDb).transactionIn(organizationId, async (tx) => {
    const person = { id: identityId, email: addressOf('comer'), name: 'Nina New' };
    await tx.identity.create({ data: person, select: { id: true } });
    const role = { role: 'agent' as const, roleId: null, name: 'agent', permissions: new Set([]) };
    const member = { identityId, name: 'Nina New', role };
    return running.get(PeopleService).admit(tx, organizationId, member as never);
  });
}

describe('what a plan lets an organization have', () => {
  it('is everything without a plan', async () => {
    const acme = await given.organization();
    expect(await running.get(Entitlements).of(acme.id)).toMatchObject({ seats: null });
    await acme.ticket();
  });

  it('counts who is active, and of two who come at once lets one in', async () => {
    const acme = await given.organization();
    await grant(running, acme.id, { seats: 2 });
    const came = await Promise.allSettled([admit(acme.id), admit(acme.id)]);
    expect(came.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const refused = came.find((one) => one.status === 'rejected')!;
    expect(refused.reason).toMatchObject({
      code: 'billing.limit_reached',
      details: { entitlement: 'seats', limit: 2, used: 2 },
    });
    const { rows } = await asOwner(running.database, (client) =>
      client.query(`select count(*)::int as n from memberships where organization_id = $1`, [
        acme.id,
      ]),
    );
    expect(rows).toEqual([{ n: 2 }]);
  });

  it('has a seat again when somebody is deactivated, and lets nobody back without one', async () => {
    const acme = await given.organization();
    const [first, second] = [await acme.user('agent'), await acme.user('agent')];
    await grant(running, acme.id, { seats: 3 });
    const place = `/users/${first.user.id}/deactivation`;
    expectStatus(await acme.owner.put(place), 200);
    await admit(acme.id);
    limitReached(await acme.owner.delete(place), 'seats', 3, 3);
    expectStatus(await acme.owner.put(`/users/${second.user.id}/deactivation`), 200);
    expectStatus(await acme.owner.delete(place), 200);
  });

  it('counts the tickets of a month, and of many at once lets in what there is room for', async () => {
    running.clock.set('2026-11-30T23:55:00Z');
    const acme = await given.organization();
    await grant(running, acme.id, { tickets: 3 });
    await acme.ticket();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => acme.owner.post('/tickets', newTicket())),
    );
    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([201, 201, 402, 402, 402]);
    limitReached(
      answers.find(({ status }) => status === 402)!,
      'ticketsAMonth',
      3,
      3,
    );
    running.clock.set('2026-12-01T00:00:00Z');
    await acme.ticket();
    running.clock.reset();
  });

  it('takes a mail in all the same', async () => {
    const acme = await given.organization();
    await grant(running, acme.id, { tickets: 0, access: 'read_only' });
    const headers = { 'content-type': 'message/rfc822' };
    const mail = 'From: rita@customer.example\r\nTo: a@b.example\r\nSubject: Hm\r\n\r\nHelp';
    const answer = await acme.owner.post('/inbound/mail', mail, { headers });
    expect(expectStatus(answer, 201).body.data.disposition).toBe('ticket');
  });

  it('has no room for more than its storage', async () => {
    const acme = await given.organization();
    await grant(running, acme.id, { storage: 10 });
    const send = (bytes: string): Promise<Answer> =>
      acme.owner.post('/attachments?name=a.txt', Buffer.from(bytes), {
        headers: { 'content-type': 'application/octet-stream' },
      });
    expectStatus(await send('0123456789'), 201);
    limitReached(await send('more'), 'storageBytes', 10, 10);
  });

  it('has features or not; what was made with them can still be removed', async () => {
    const acme = await given.organization();
    const role = { name: 'Night', description: '', permissions: ['tickets:read'] };
    const made = expectStatus(await acme.owner.post('/roles', role), 201).body.data;
    const connection = { name: 'P', issuer: 'https://p.example', clientId: 'a', clientSecret: 'b' };
    const { id } = expectStatus(await acme.owner.post('/sso/connections', connection), 201).body
      .data;
    await grant(running, acme.id, { features: [] });
    const again = await acme.owner.post('/roles', { ...role, name: 'Day' });
    limitReached(again, 'custom_roles', 0, 0);
    limitReached(
      await acme.owner.patch(`/roles/${made.id}`, { name: 'Dawn' }),
      'custom_roles',
      0,
      0,
    );
    limitReached(await acme.owner.post('/sso/connections', connection), 'sso', 0, 0);
    expectStatus(await acme.owner.patch(`/sso/connections/${id}`, { enabled: false }), 200);
    expectStatus(await acme.owner.delete(`/roles/${made.id}`), 200);
  });

  it('bounds the calls of a minute', async () => {
    const acme = await given.organization();
    await grant(running, acme.id, { calls: 5 });
    await acme.owner.get('/tickets');
    const statuses: number[] = [];
    for (let n = 0; n < 7; n += 1) statuses.push((await acme.owner.get('/tickets')).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
  });

  it('only reads when it is not paid for, and only pays when it is suspended', async () => {
    const acme = await given.organization();
    await grant(running, acme.id, { access: 'read_only' });
    expectStatus(await acme.owner.get('/tickets'), 200);
    expect((await acme.owner.post('/tickets', newTicket())).body.error.code).toBe(
      'billing.read_only',
    );
    await grant(running, acme.id, { access: 'suspended' });
    expect((await acme.owner.get('/tickets')).body.error.code).toBe('billing.suspended');
    expectStatus(await acme.owner.get('/organization'), 200);
  });

  it('is dropped from memory when the database tells of a change', async () => {
    const acme = await given.organization();
    const entitlements = running.get(Entitlements);
    await entitlements.of(acme.id);
    await grant(running, acme.id, { seats: 7 });
    await entitlements.of(acme.id);
    await asOwner(running.database, (client) =>
      client.query('update organization_entitlements set seats = 8 where organization_id = $1', [
        acme.id,
      ]),
    );
    const seats = (): number | null | undefined => entitlements.known(acme.id)?.seats;
    await eventually('the grant is forgotten', () => seats() === undefined);
    expect((await entitlements.of(acme.id)).seats).toBe(8);
  });

  it('cannot be written by the tenant role', async () => {
    const { rows } = await asOwner(running.database, (client) =>
      client.query(
        `select privilege_type from information_schema.role_table_grants where grantee = 'manydesk_app' and table_name = 'organization_entitlements'`,
      ),
    );
    expect(rows).toEqual([{ privilege_type: 'SELECT' }]);
  });
});
