import { afterEach, describe, expect, it } from '@jest/globals';
import { Entitlements } from '#core/tenancy/entitlements.js';
import { InvoicePayments } from '../../../apps/api/src/modules/billing/invoice-payments.service.js';
import { useApp } from '../../support/app.js';
import { expectStatus, type Client } from '../../support/as.js';
import { laterAt, PROFILE, SELLING } from '../../support/billing.js';
import { newTicket, PASSWORD, type GivenOrganization } from '../../support/given.js';
import { asOwner } from '../../support/database.js';

const running = await useApp({ settings: SELLING });
const { given } = running;
const TEAM = { planId: 'team', interval: 'month', seats: 3 };

afterEach(() => running.clock.reset());

/** An organization whose trial is over and whose first invoice is open. */
async function customer(choice = TEAM): Promise<GivenOrganization> {
  const acme = await given.organization();
  expectStatus(await acme.owner.put('/billing/profile', PROFILE), 200);
  expectStatus(await acme.owner.put('/billing/subscription', choice), 200);
  return acme;
}

async function invoices(acme: GivenOrganization): Promise<any[]> {
  const { rows } = await asOwner(running.database, (client) =>
    client.query(
      'select number, status, kind, net::int, tax::int, total::int from invoices where organization_id = $1 order by created_at, number',
      [acme.id],
    ),
  );
  return rows;
}

async function standing(acme: GivenOrganization): Promise<any> {
  const { rows } = await asOwner(running.database, (client) =>
    client.query(
      `select s.status, e.access, e.seats, e.plan_id as plan from subscriptions s join organization_entitlements e using (organization_id) where organization_id = $1`,
      [acme.id],
    ),
  );
  return rows[0];
}

const pay = (number: string): Promise<boolean> => running.get(InvoicePayments).markPaid(number);

describe('a plan', () => {
  it('is offered with its price, and nobody without the right sees it', async () => {
    const acme = await given.organization();
    const plans = expectStatus(await acme.owner.get('/billing/plans'), 200).body;
    expect(plans.data.map(({ id }: { id: string }) => id)).toEqual(['starter', 'team', 'business']);
    const paths = ['plans', 'subscription', 'profile', 'invoices'].map(
      (path) => `/billing/${path}`,
    );
    const admin: Client = await acme.user('admin');
    for (const path of paths) expect((await admin.get(path)).status).toBe(403);
    expect((await acme.owner.get('/billing/subscription')).body.error.code).toBe(
      'billing.subscription_not_found',
    );
  });

  it('refuses what cannot be taken', async () => {
    const acme = await given.organization();
    const take = async (choice: object): Promise<string> =>
      (await acme.owner.put('/billing/subscription', { ...TEAM, ...choice })).body.error.code;
    expect(await take({ planId: 'nothing' })).toBe('billing.plan_not_found');
    expect(await take({ planId: 'free-for-all' })).toBe('billing.plan_not_found');
    expect(await take({ planId: 'starter', seats: 6 })).toBe('billing.too_many_seats');
    expect(await take({ seats: 0 })).toBe('validation.failed');
    expect((await acme.owner.delete('/billing/subscription/cancellation')).status).toBe(404);
  });

  it('lives through a year: tried, paid, late, halted, paid again, smaller, over, and back', async () => {
    running.clock.set('2027-01-10T09:00:00Z');
    const acme = await customer();
    expect(await standing(acme)).toEqual({
      ...{ status: 'trialing', access: 'full', seats: 3, plan: 'team' },
    });
    await laterAt(running, '2027-01-24T09:00:00Z');
    expect(await standing(acme)).toMatchObject({ status: 'active', access: 'full' });
    const [first] = await invoices(acme);
    expect(first).toMatchObject({ status: 'open', net: 8700, tax: 1653, total: 10_353 });
    expect(await pay(first.number)).toBe(true);
    expect(await pay(first.number)).toBe(false);

    await laterAt(running, '2027-02-24T09:00:00Z');
    const second = (await invoices(acme))[1];
    for (const [at, status, access] of [
      ['2027-03-09T09:00:00Z', 'active', 'full'],
      ['2027-03-10T09:00:00Z', 'past_due', 'full'],
      ['2027-03-17T09:00:00Z', 'grace', 'full'],
      ['2027-03-24T09:00:00Z', 'read_only', 'read_only'],
      ['2027-04-09T09:00:00Z', 'suspended', 'suspended'],
    ] as const) {
      await laterAt(running, at);
      expect([at, await standing(acme)]).toEqual([at, expect.objectContaining({ status, access })]);
    }
    // Nobody is billed for what they cannot use.
    expect(await invoices(acme)).toHaveLength(2);
    expect(await pay(second.number)).toBe(true);
    expect(await standing(acme)).toMatchObject({ status: 'active', access: 'full' });
    const third = (await invoices(acme))[2];
    await pay(third.number);

    await running.get(Entitlements).of(acme.id);
    const owner = await signedInAgain(acme);
    expectStatus(await owner.put('/billing/subscription', { ...TEAM, seats: 2 }), 200);
    expect(await standing(acme)).toMatchObject({ seats: 3 });
    await laterAt(running, '2027-05-09T09:00:00Z');
    expect(await standing(acme)).toMatchObject({ seats: 2, status: 'active' });
    const fourth = (await invoices(acme))[3];
    expect(fourth.net).toBe(5800);
    await pay(fourth.number);

    const later = await signedInAgain(acme);
    expectStatus(await later.put('/billing/subscription/cancellation'), 200);
    expectStatus(await later.delete('/billing/subscription/cancellation'), 200);
    expectStatus(await later.put('/billing/subscription/cancellation'), 200);
    await laterAt(running, '2027-06-09T09:00:00Z');
    expect(await standing(acme)).toMatchObject({ status: 'canceled', access: 'read_only' });
    const back = await signedInAgain(acme);
    expect((await back.post('/tickets', newTicket())).body.error.code).toBe('billing.read_only');
    expectStatus(await back.put('/billing/subscription', TEAM), 200);
    expectStatus(await back.post('/tickets', newTicket()), 201);
    expect(await standing(acme)).toMatchObject({ status: 'active', seats: 3 });
  });

  it('shows what a change costs and then asks for exactly that', async () => {
    const acme = await customer();
    running.clock.set(new Date(Date.now() + 14 * 86_400_000));
    await laterAt(running, running.clock.now().toISOString());
    running.clock.advance(10 * 86_400_000);
    const owner = await signedInAgain(acme);
    const query = '/billing/subscription/preview?planId=business&interval=month&seats=5';
    const preview = expectStatus(await owner.get(query), 200).body.data;
    expect(preview).toMatchObject({ currency: 'EUR', price: 29_500 });
    expect(preview.total).toBe(preview.net + preview.tax);
    expect((await invoices(acme)).length).toBe(1);
    const choice = { planId: 'business', interval: 'month', seats: 5 };
    expectStatus(await owner.put('/billing/subscription', choice), 200);
    const [, bill] = await invoices(acme);
    expect(bill).toMatchObject({ net: preview.net, tax: preview.tax, total: preview.total });
    expectStatus(await owner.put('/billing/subscription', choice), 200);
    expect((await invoices(acme)).length).toBe(2);
  });

  it('mails its owners what is owed and what follows', async () => {
    running.clock.set('2028-01-10T09:00:00Z');
    const acme = await customer();
    await laterAt(running, '2028-01-24T09:00:00Z');
    await laterAt(running, '2028-02-07T09:00:00Z');
    const { rows } = await asOwner(running.database, (client) =>
      client.query(
        `select kind, data->>'status' as status from account_mails where organization_id = $1 order by created_at, kind`,
        [acme.id],
      ),
    );
    expect(rows).toEqual([
      { kind: 'billing_invoice', status: null },
      { kind: 'billing_status', status: 'active' },
      { kind: 'billing_status', status: 'past_due' },
    ]);
  });
});

/** The owner with a new session: a token lasts for minutes and a year is long. */
async function signedInAgain(acme: GivenOrganization): Promise<Client> {
  const { rows } = await asOwner(running.database, (client) =>
    client.query(
      'select i.email from memberships m join identities i on i.id = m.identity_id where m.id = $1',
      [acme.owner.user.id],
    ),
  );
  const body = { email: rows[0].email, password: PASSWORD };
  const answer = await running.as(null).post('/auth/sessions', body);
  return running.as(expectStatus(answer, 201).body.data.accessToken);
}
