import { InvoicePayments } from '../../../apps/api/src/modules/billing/invoice-payments.service.js';
import { KeptInvoices } from '../../../apps/api/src/modules/billing/kept-invoices.service.js';
import { Plans } from '../../../apps/api/src/modules/billing/plans.service.js';
import { OrganizationErasure } from '../../../apps/api/src/modules/organizations/organization-erasure.service.js';
import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { PROFILE, SELLING } from '../../support/billing.js';
import { asOwner, databaseOfItsOwn } from '../../support/database.js';

const running = await useApp({
  settings: { ...SELLING, BILLING_INVOICE_PREFIX: 'BOOKS' },
  database: await databaseOfItsOwn('books'),
});
const PLAN = {
  ...{ id: 'at-once', name: 'At once', currency: 'EUR', monthlyPrice: 1000, yearlyPrice: 10_000 },
  ...{ trialDays: 0, seats: null, ticketsAMonth: null, storageBytes: null, callsAMinute: null },
  features: [],
};
await running.get(Plans).publish(PLAN);

describe('the invoices of an organization that is erased', () => {
  it('stay in the seller’s books, the credit notes with them, and nothing else of it', async () => {
    const acme = await running.given.organization();
    const choice = { planId: 'at-once', interval: 'month', seats: 1 };
    expectStatus(await acme.owner.put('/billing/profile', PROFILE), 200);
    expectStatus(await acme.owner.put('/billing/subscription', choice), 200);
    const [{ number }] = expectStatus(await acme.owner.get('/billing/invoices'), 200).body.data;
    await running.get(InvoicePayments).credit(number);
    const asked = expectStatus(await acme.owner.get('/billing/invoices'), 200).body.data;
    expect(asked).toHaveLength(2);

    await asOwner(running.database, async (client) => {
      await client.query(
        "update organizations set delete_after = now() - interval '1 s' where id = $1",
        [acme.id],
      );
      await running.get(OrganizationErasure).sweep();
      const { rows } = await client.query(
        `select (select count(*)::int from organizations where id = $1) as organizations,
           (select count(*)::int from invoices where organization_id = $1) as invoices,
           (select count(*)::int from subscriptions where organization_id = $1) as subscriptions,
           (select count(*)::int from billing_profiles where organization_id = $1) as profiles`,
        [acme.id],
      );
      expect(rows).toEqual([{ organizations: 0, invoices: 0, subscriptions: 0, profiles: 0 }]);
    });
    const kept: any[] = [];
    for await (const line of running.get(KeptInvoices).lines()) kept.push(JSON.parse(line));
    expect(kept.map((row) => [row.number, row.kind, row.total]).toSorted()).toEqual(
      asked.map((row: any) => [row.number, row.kind, row.total]).toSorted(),
    );
    expect(kept[0].organizationId).toBe(acme.id);
  });
});
