import { OrganizationErasure } from '#modules/organizations/organization-erasure.service.js';
import { useApp } from '../../support/app.js';
import { asOwner, databaseOfItsOwn } from '../../support/database.js';
import { givenStaff } from '../../support/staff.js';

// Staff see what all tests have left in a database.
const running = await useApp({ database: await databaseOfItsOwn('organizations') });
const operator = await givenStaff(running, 'operator', 'Opal Operator');
const support = await givenStaff(running, 'support');
const ABSENT = '01a1feaa-63b1-7742-8d15-01d6cb3dffa2';

describe('the organizations, as staff see them', () => {
  it('are found by name, slug, id and standing, page by page', async () => {
    const tail = Date.now().toString(36);
    const made = [];
    for (const name of [`Find_${tail} A`, `Find_${tail} B`, `Findx${tail} C`])
      made.push(await running.given.organization(name));
    const found = async (query: string) =>
      (await support.get(`/admin/organizations?${query}`)).body.data.map(({ id }: any) => id);
    const [a, b, c] = made.map(({ id }) => id);
    expect(await found(`search=find_${tail}`)).toEqual([b, a]);
    expect(await found(`search=${c}`)).toEqual([c]);
    expect(await found(`search=${made[0]!.organization.slug}`)).toEqual([a]);
    const first = (await support.get(`/admin/organizations?search=find_${tail}&limit=1`)).body;
    expect([first.total, first.data[0].id]).toEqual([2, b]);
    expect(await found(`search=find_${tail}&limit=1&cursor=${first.nextCursor}`)).toEqual([a]);
    await operator.put(`/admin/organizations/${a}/suspension`, { reason: 'Unpaid' });
    expect(await found(`search=find_${tail}&status=suspended`)).toEqual([a]);
    expect(await found(`search=find_${tail}&status=active`)).toEqual([b]);
    expect((await support.get('/admin/organizations?status=gone')).status).toBe(400);
  });

  it('show how they fare in counts and times, and nothing that they wrote', async () => {
    const desk = await running.given.organization('Healthy');
    const secret = 'CANARY-of-the-tenant';
    await desk.ticket({ subject: secret });
    const { status, body, text } = await support.get(`/admin/organizations/${desk.id}`);
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      organization: { id: desk.id, name: 'Healthy', status: 'active' },
      activePeople: 1,
      tickets: 1,
      mailsFailed: 0,
      webhookEndpoints: 0,
    });
    expect(body.data.events).toBeGreaterThan(1);
    expect(body.data.lastEventAt).not.toBeNull();
    expect(body.data.limits.storageAllowed).toBeGreaterThan(0);
    expect(text).not.toContain(secret);
    for (const id of [ABSENT, 'no-id']) {
      const absent = await support.get(`/admin/organizations/${id}`);
      expect([absent.status, absent.body.error.code]).toEqual([
        404,
        'admin.organization_not_found',
      ]);
    }
  });

  it('are a closed book to the staff’s own role, whatever it asks', async () => {
    await asOwner(running.database, async (client) => {
      const forbidden = [
        'select subject from tickets',
        'select body from messages',
        'select name from memberships',
        'select data from ledger_events',
        'select secret_hash from api_key_secrets',
        'select email from identities',
        "update organizations set name = 'x'",
        'select subject from outbound_mails',
        'select url from webhook_endpoints',
      ];
      for (const statement of forbidden) {
        await client.query('begin');
        await client.query('set local role manydesk_admin');
        await expect(client.query(statement)).rejects.toThrow('permission denied');
        await client.query('rollback');
      }
    });
  });

  it('are given nothing beside a plan where none are sold, and show none', async () => {
    const desk = await running.given.organization();
    const path = `/admin/organizations/${desk.id}`;
    const until = new Date(running.clock.now().getTime() + 86_400_000).toISOString();
    const body = { terms: { seats: 9 }, reason: 'Moves', until };
    const refused = await operator.put(`${path}/override`, body);
    expect([refused.status, refused.body.error.code]).toEqual([409, 'billing.off']);
    const { data } = (await operator.get(path)).body;
    expect([data.organization.plan, data.planLimits[0].limit]).toEqual([null, null]);
    expect((await operator.get('/admin/organizations?usage=over_limit')).body.data).toEqual([]);
  });

  it('are suspended at once and restored, by name in their own log', async () => {
    const desk = await running.given.organization();
    const key = await desk.apiKey(['tickets:read']);
    expect((await key.get('/tickets')).status).toBe(200);
    const path = `/admin/organizations/${desk.id}/suspension`;
    expect((await support.put(path, { reason: 'x' })).status).toBe(403);
    const suspended = await operator.put(path, { reason: 'Unpaid since May' });
    expect(suspended.body.data.status).toBe('suspended');
    expect((await key.get('/tickets')).status).toBe(403);
    expect((await desk.owner.get('/tickets')).status).toBe(200);
    expect((await operator.delete(path)).body.data.status).toBe('active');
    expect((await key.get('/tickets')).status).toBe(200);
    const events = (await desk.owner.get('/audit/events?types=organization.*')).body.data;
    expect(events.slice(0, 2).map(({ type }: any) => type)).toEqual([
      'organization.resumed',
      'organization.suspended',
    ]);
    const by = { type: 'staff', id: operator.staff.id, name: 'Opal Operator' };
    expect(events[1].actor).toEqual(by);
    const acts = (await operator.get(`/admin/acts?organizationId=${desk.id}`)).body.data;
    expect(acts.map(({ type }: any) => type)).toEqual([
      'organization.resumed',
      'organization.suspended',
    ]);
    expect(acts[1]).toMatchObject({
      type: 'organization.suspended',
      organizationId: desk.id,
      data: { reason: 'Unpaid since May' },
    });
  });

  it('are deleted after a grace, can be kept until then, and leave a certificate', async () => {
    const desk = await running.given.organization('Gone Soon');
    const { slug } = desk.organization;
    const path = `/admin/organizations/${desk.id}/deletion`;
    const mistyped = await operator.put(path, { slug: 'another', reason: 'Asked for' });
    expect([mistyped.status, mistyped.body.error.code]).toEqual([400, 'validation.failed']);
    const doomed = await operator.put(path, { slug, reason: 'Asked for' });
    expect(doomed.body.data.status).toBe('to_be_deleted');
    expect((await operator.delete(path)).body.data.status).toBe('active');
    await operator.put(path, { slug, reason: 'Asked for' });
    await asOwner(running.database, (client) =>
      client.query(
        "update organizations set delete_after = now() - interval '1 minute' where id = $1",
        [desk.id],
      ),
    );
    await running.get(OrganizationErasure).sweep();
    const { data } = (await support.get('/admin/erasure-certificates?limit=1')).body;
    expect(data[0]).toMatchObject({ organizationId: desk.id, name: 'Gone Soon', slug });
    expect(data[0].signature).toMatch(/^[0-9a-f]{64}$/);
    expect((await support.get(`/admin/organizations/${desk.id}`)).status).toBe(404);
  });
});
