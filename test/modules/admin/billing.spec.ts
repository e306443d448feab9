import { Plans } from '#modules/billing/plans.service.js';
import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { PROFILE, SELLING } from '../../support/billing.js';
import { asOwner, databaseOfItsOwn } from '../../support/database.js';
import type { GivenOrganization } from '../../support/given.js';
import { givenStaff } from '../../support/staff.js';

const running = await useApp({
  settings: { ...SELLING, BILLING_INVOICE_PREFIX: 'STAFF' },
  database: await databaseOfItsOwn('staff_billing'),
});
const bella = await givenStaff(running, 'billing', 'Bella Billing');
const support = await givenStaff(running, 'support');
const ABSENT = '01a1feaa-63b1-7742-8d15-01d6cb3dffa2';
await running.get(Plans).publish({
  ...{ id: 'paid', name: 'Paid', currency: 'EUR', monthlyPrice: 1000, yearlyPrice: 10_000 },
  ...{ trialDays: 0, seats: null, ticketsAMonth: 10, storageBytes: null, callsAMinute: null },
  features: [],
});
const until = new Date(running.clock.now().getTime() + 30 * 86_400_000).toISOString();

async function customer(): Promise<GivenOrganization> {
  const acme = await running.given.organization();
  expectStatus(await acme.owner.put('/billing/profile', PROFILE), 200);
  const choice = { planId: 'paid', interval: 'month', seats: 2 };
  expectStatus(await acme.owner.put('/billing/subscription', choice), 200);
  return acme;
}

async function acts(organizationId: string): Promise<any[]> {
  const { rows } = await asOwner(running.database, (client) =>
    client.query(
      'select type, staff_id as by, data from staff_acts where organization_id = $1 order by at, id',
      [organizationId],
    ),
  );
  return rows;
}

const by = { type: 'staff', id: bella.staff.id, name: 'Bella Billing' };

describe('an override', () => {
  it('is given and taken back by name, in both logs and at once', async () => {
    const acme = await customer();
    const path = `/admin/organizations/${acme.id}/override`;
    const body = {
      terms: { seats: 9, storageBytes: null, features: ['sso'] },
      reason: 'Moves',
      until,
    };
    const { data } = expectStatus(await bella.put(path, body), 200).body;
    expect(data.override).toEqual({ ...body, givenBy: 'Bella Billing' });
    expect(data.subscription).toMatchObject({ planId: 'paid', seats: 2, status: 'active' });
    const had = (await acme.owner.get('/billing/entitlements')).body.data;
    expect(had.features).toEqual(['sso']);
    expect(had.limits[0]).toMatchObject({ entitlement: 'seats', limit: 9 });
    const [event] = (await acme.owner.get('/audit/events?types=billing.override_given')).body.data;
    expect([event.actor, event.data.reason]).toEqual([by, 'Moves']);
    const ended = expectStatus(await bella.delete(path), 200).body.data;
    expect(ended.override).toBe(null);
    const again = await bella.delete(path);
    expect([again.status, again.body.error.code]).toEqual([404, 'billing.override_not_found']);
    expect(await acts(acme.id)).toEqual([
      {
        ...{ type: 'billing.override_given', by: bella.staff.id },
        data: { given: 'seats storageBytes features', reason: 'Moves', until },
      },
      { type: 'billing.override_ended', by: bella.staff.id, data: {} },
    ]);
  });

  it.each([
    [{ terms: {} }],
    [{ terms: { seats: -1 } }],
    [{ terms: { seats: 1.5 } }],
    [{ terms: { access: 'suspended' } }],
    [{ terms: { access: null } }],
    [{ terms: { features: ['magic'] } }],
    [{ terms: { callsAMinute: 0 } }],
    [{ terms: { planId: 'team' } }],
    [{ terms: null }],
    [{ until: '2020-01-01T00:00:00Z' }],
    [{ until: 'tomorrow' }],
    [{ reason: '' }],
  ])('is refused when it makes no sense: %j', async (change) => {
    const acme = await customer();
    const body = { terms: { seats: 9 }, reason: 'Moves', until, ...change };
    const answer = await bella.put(`/admin/organizations/${acme.id}/override`, body);
    expect([answer.status, answer.body.error.code]).toEqual([400, 'validation.failed']);
    expect(await acts(acme.id)).toEqual([]);
  });
});

describe('invoices, as staff see them', () => {
  it('are listed as sums and times, page by page, of one organization', async () => {
    const [acme, globex] = [await customer(), await customer()];
    const answer = await bella.get(`/admin/organizations/${acme.id}/invoices`);
    const [invoice] = expectStatus(answer, 200).body.data;
    expect(answer.body.total).toBe(1);
    expect(invoice).toMatchObject({ kind: 'invoice', status: 'open', net: 2000, total: 2380 });
    expect(answer.text).not.toContain('Acme Ltd');
    await bella.put(`/admin/organizations/${acme.id}/invoices/${invoice.id}/credit`, {
      reason: 'Mistaken',
    });
    const path = `/admin/organizations/${acme.id}/invoices?limit=1`;
    const first = (await bella.get(path)).body;
    expect([first.total, first.data[0].kind]).toEqual([2, 'credit_note']);
    const next = (await bella.get(`${path}&cursor=${first.nextCursor}`)).body.data;
    expect(next).toEqual([{ ...invoice, status: 'credited' }]);
    const foreign = `/admin/organizations/${globex.id}/invoices/${invoice.id}/payment`;
    for (const place of [foreign, foreign.replace(globex.id, ABSENT)])
      expect((await bella.put(place, { reason: 'x' })).status).toBe(404);
  });

  it('are marked as paid once, with what was withheld back in the same moment', async () => {
    const acme = await customer();
    const [{ id }] = (await bella.get(`/admin/organizations/${acme.id}/invoices`)).body.data;
    const path = `/admin/organizations/${acme.id}/invoices/${id}/payment`;
    const answers = await Promise.all(
      ['Transfer 1', 'Transfer 2'].map((reason) => bella.put(path, { reason })),
    );
    for (const answer of answers) expect(expectStatus(answer, 200).body.data.status).toBe('paid');
    const events = (await acme.owner.get('/audit/events?types=billing.invoice_paid')).body.data;
    expect(events.map(({ actor }: any) => actor)).toEqual([by]);
    const [act, ...more] = await acts(acme.id);
    expect(more).toEqual([]);
    expect(act.data).toMatchObject({ invoiceId: id, total: 2380, currency: 'EUR' });
    const credited = path.replace('payment', 'credit');
    expectStatus(await bella.put(credited, { reason: 'Kindness' }), 200);
    const [note] = (await bella.get(`/admin/organizations/${acme.id}/invoices`)).body.data;
    const settled = await bella.put(path.replace(id, note.id), { reason: 'x' });
    expect([settled.status, settled.body.error.code]).toEqual([409, 'billing.invoice_settled']);
    expect((await acts(acme.id)).map(({ type }) => type)).toEqual([
      'billing.invoice_paid',
      'billing.invoice_credited',
    ]);
  });
});

describe('who may', () => {
  it('is billing and the operator, and support sees none of it', async () => {
    const acme = await customer();
    for (const path of ['billing', 'invoices']) {
      const answer = await support.get(`/admin/organizations/${acme.id}/${path}`);
      expect([path, answer.status, answer.body.error.code]).toEqual([path, 403, 'staff.forbidden']);
    }
    for (const id of [ABSENT, 'no-id'])
      for (const path of ['billing', 'invoices']) {
        const answer = await bella.get(`/admin/organizations/${id}/${path}`);
        expect(answer.body.error.code).toBe('admin.organization_not_found');
      }
  });

  it('is held to it by the database: acts are added about the organization at hand, and not read', async () => {
    const acme = await customer();
    await asOwner(running.database, async (client) => {
      const tries: [string, string][] = [
        ['select * from staff_acts', 'permission denied'],
        [
          `insert into staff_acts (id, at, type, organization_id) values (gen_random_uuid(), now(), 'a.b', '${acme.id}')`,
          'row-level security',
        ],
      ];
      for (const [statement, refusal] of tries) {
        await client.query('begin');
        await client.query('set local role manydesk_system');
        await expect(client.query(statement)).rejects.toThrow(refusal);
        await client.query('rollback');
      }
      await client.query('begin');
      await client.query('set local role manydesk_admin');
      await expect(client.query('select buyer from invoices')).rejects.toThrow('permission denied');
      await client.query('rollback');
    });
  });
});
