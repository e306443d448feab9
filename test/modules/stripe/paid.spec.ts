import { afterAll, expect, it } from '@jest/globals';
import { Costs } from '../../../apps/api/src/modules/billing/costs.service.js';
import { expectStatus } from '../../support/as.js';
import { databaseOfItsOwn } from '../../support/database.js';
import { givenStaff } from '../../support/staff.js';
import { StripeDesk } from '../../support/stripe/desk.js';

const desk = await StripeDesk.start(await databaseOfItsOwn('stripe_paid'));
const { running, double } = desk;
const { world } = double;

afterAll(() => desk.stop());

it('what Stripe was paid is in the list of the organization, in the books of costs, and before the staff', async () => {
  desk.goTo('2031-05-03T09:00:00Z');
  const acme = await running.given.organization();
  await desk.take(acme, { planId: 'team', interval: 'month', seats: 2 });
  const customer = await desk.customerOf(acme.id);
  world.setCard(customer, 'good');
  await desk.hear();
  const owner = await desk.owner(acme);
  // A trial is billed over nothing, which is no invoice to anybody.
  expect((await owner.get('/billing/invoices')).body.data).toEqual([]);
  desk.goTo('2031-05-18T09:00:00Z');
  await desk.hear();
  desk.goTo('2031-06-18T09:00:00Z');
  // Nobody heard of the second one: the look of the day finds it.
  world.events.length = 0;
  await desk.look();
  const again = await desk.owner(acme);
  const { data, total } = expectStatus(await again.get('/billing/invoices'), 200).body;
  expect(total).toBe(2);
  const [june, may] = data;
  const [second, first] = world.invoicesOf(customer).filter((one) => one.total > 0);
  expect([june.number, may.number]).toEqual([second!.id, first!.id]);
  expect(may).toMatchObject({
    ...{ billedBy: 'stripe', kind: 'invoice', status: 'paid', currency: 'EUR', creditsId: null },
    ...{ net: 5800, tax: 0, total: 5800, lines: [], seller: null, buyer: null },
    ...{ issuedAt: '2031-05-17T09:00:00.000Z', paidAt: '2031-05-17T09:00:00.000Z' },
  });
  const page = (await again.get('/billing/invoices?limit=1')).body;
  expect(page.data).toEqual([june]);
  expect((await again.get(`/billing/invoices?cursor=${page.nextCursor}`)).body.data).toEqual([may]);
  expect((await again.get('/billing/invoices?skip=1')).body.data).toEqual([may]);
  expect((await again.get(`/billing/invoices/${may.id}`)).body.data).toEqual(may);
  const paper = await again.get(`/billing/invoices/${may.id}/document`);
  expect([paper.status, paper.body.error.code]).toEqual([409, 'billing.invoice_elsewhere']);
  expectStatus(await again.post('/billing/portals', { returnTo: '/settings/billing' }), 201);

  const report = await running.get(Costs).ofMonth(new Date('2031-05-01'));
  expect(report.organizations.find(({ id }) => id === acme.id)!.billed).toEqual({ EUR: 5800 });

  const bella = await givenStaff(running, 'billing');
  const place = `/admin/organizations/${acme.id}/invoices`;
  const listed = expectStatus(await bella.get(place), 200).body.data;
  expect(listed.map((row: any) => [row.id, row.billedBy, row.status, row.total])).toEqual([
    [june.id, 'stripe', 'paid', 5800],
    [may.id, 'stripe', 'paid', 5800],
  ]);
  const refused = await bella.put(`${place}/${may.id}/payment`, { reason: 'x' });
  expect([refused.status, refused.body.error.code]).toEqual([409, 'billing.invoice_elsewhere']);

  // Somebody takes one back in Stripe: it was not earned.
  first!.post_payment_credit_notes_amount = 5800;
  desk.goOn(1);
  await desk.look();
  const later = await desk.owner(acme);
  const row = (await later.get(`/billing/invoices/${may.id}`)).body.data;
  expect([row.status, row.paidAt]).toEqual(['credited', null]);
  const less = await running.get(Costs).ofMonth(new Date('2031-05-01'));
  expect(less.organizations.find(({ id }) => id === acme.id)!.billed).toEqual({ EUR: 0 });
  expect((await later.get('/billing/invoices')).body.total).toBe(2);
});
