import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { runInContext } from '#core/context/context.js';
import { StripeSeller } from '../../../apps/api/src/modules/stripe/stripe-seller.service.js';
import { expectStatus } from '../../support/as.js';
import { PROFILE } from '../../support/billing.js';
import { databaseOfItsOwn } from '../../support/database.js';
import type { GivenOrganization } from '../../support/given.js';
import { completeCheckout } from '../../support/stripe/routes.js';
import { StripeDesk } from '../../support/stripe/desk.js';

const desk = await StripeDesk.start(await databaseOfItsOwn('stripe'));
const { running, double } = desk;
const { world } = double;
const TEAM = { planId: 'team', interval: 'month', seats: 3 };

afterAll(() => desk.stop());
afterEach(() => running.clock.reset());

/** An organization that tries a plan, and has a good card. */
async function customer(choice = TEAM): Promise<{ acme: GivenOrganization; id: string }> {
  const acme = await running.given.organization();
  expectStatus(await acme.owner.put('/billing/profile', PROFILE), 200);
  await desk.take(acme, choice);
  const id = await desk.customerOf(acme.id);
  world.setCard(id, 'good');
  return { acme, id };
}

async function active(choice = TEAM): Promise<{ acme: GivenOrganization; id: string }> {
  const made = await customer(choice);
  desk.goOn(14);
  await desk.hear();
  return made;
}

describe('a plan that Stripe bills', () => {
  it('is tried without a way to pay, under the name, address and tax number of the profile', async () => {
    running.clock.set('2027-01-10T09:00:00Z');
    const acme = await running.given.organization();
    const profile = { ...PROFILE, taxId: 'DE 123 456 789' };
    expectStatus(await acme.owner.put('/billing/profile', profile), 200);
    expect(await desk.take(acme, TEAM)).toMatchObject({
      ...{ status: 'trialing', planId: 'team', seats: 3, interval: 'month' },
      trialEndsAt: '2027-01-24T09:00:00.000Z',
    });
    const id = await desk.customerOf(acme.id);
    expect(world.get(id)).toMatchObject({
      name: 'Acme Ltd',
      address: { line1: '1 Acme Street', line2: '12345 Acmeville' },
      metadata: { organization_id: acme.id },
    });
    const [taxId] = world.all('tax_id').filter((thing) => thing.customer === id);
    expect(taxId).toMatchObject({ type: 'eu_vat', value: 'DE123456789' });
    // The same again is no second plan.
    await desk.take(acme, TEAM);
    expect(world.subscriptionsOf(id)).toHaveLength(1);
  });

  it('is paid when the trial ends, and runs out by its days when it is not', async () => {
    running.clock.set('2027-02-01T09:00:00Z');
    const { acme, id } = await customer();
    world.setCard(id, 'bad');
    desk.goTo('2027-02-15T09:00:00Z');
    await desk.hear();
    expect(await desk.standing(acme.id)).toMatchObject({ status: 'past_due', access: 'full' });
    for (const [at, status, access] of [
      ['2027-02-22T09:00:00Z', 'grace', 'full'],
      ['2027-03-01T09:00:00Z', 'read_only', 'read_only'],
      ['2027-03-17T09:00:00Z', 'suspended', 'suspended'],
    ] as const) {
      desk.goTo(at);
      await desk.hear();
      expect([at, await desk.standing(acme.id)]).toEqual([
        at,
        expect.objectContaining({ status, access }),
      ]);
    }
    const owner = await desk.owner(acme);
    const refused = await owner.put('/billing/subscription', { ...TEAM, seats: 9 });
    expect(refused.body.error.code).toBe('billing.pay_first');
    world.setCard(id, 'good');
    world.payAll(id);
    await desk.hear();
    expect(await desk.standing(acme.id)).toMatchObject({ status: 'active', access: 'full' });
  });

  it('takes more seats at once and fewer with the next period', async () => {
    running.clock.set('2027-04-01T09:00:00Z');
    const { acme, id } = await active();
    desk.goOn(10);
    const owner = await desk.owner(acme);
    const query = '/billing/subscription/preview?planId=team&interval=month&seats=6';
    const preview = expectStatus(await owner.get(query), 200).body.data;
    await desk.take(acme, { ...TEAM, seats: 6 });
    expect(await desk.standing(acme.id)).toMatchObject({ seats: 6, may: 6 });
    const [bill] = world.invoicesOf(id);
    expect(bill).toMatchObject({ status: 'paid', total: preview.total });
    expect(preview.total).toBeGreaterThan(0);

    const fewer = await desk.take(acme, { ...TEAM, seats: 2 });
    expect(fewer).toMatchObject({ seats: 6, next: { seats: 2, planId: 'team' } });
    const back = await desk.take(acme, { ...TEAM, seats: 6 });
    expect(back).toMatchObject({ seats: 6, next: null });
    await desk.take(acme, { planId: 'starter', interval: 'month', seats: 4 });
    expect(await desk.standing(acme.id)).toMatchObject({ plan: 'team', may: 6 });
    desk.goTo('2027-05-15T09:00:00Z');
    await desk.hear();
    expect(await desk.standing(acme.id)).toMatchObject({ plan: 'starter', seats: 4, may: 4 });
    // What was planned has come, and the plan can be changed again.
    expect(await desk.take(acme, TEAM)).toMatchObject({ planId: 'team', seats: 3, next: null });
  });

  it('goes to a year at once, and back to a month when the year is over', async () => {
    running.clock.set('2027-06-01T09:00:00Z');
    const { acme } = await active();
    const yearly = await desk.take(acme, { ...TEAM, interval: 'year' });
    expect(yearly).toMatchObject({ interval: 'year', periodEnd: '2028-06-15T09:00:00.000Z' });
    expect(await desk.take(acme, TEAM)).toMatchObject({ next: { interval: 'month', seats: 3 } });
    desk.goTo('2028-06-15T10:00:00Z');
    await desk.hear();
    expect(await desk.standing(acme.id)).toMatchObject({ every: 'month', status: 'active' });
  });

  it('leaves what was there when a payment for more is refused', async () => {
    const { acme, id } = await active();
    world.setCard(id, 'bad');
    const owner = await desk.owner(acme);
    const refused = await owner.put('/billing/subscription', { ...TEAM, seats: 30 });
    expect([refused.status, refused.body.error.code]).toEqual([402, 'billing.payment_refused']);
    expect(await desk.standing(acme.id)).toMatchObject({ seats: 3, may: 3, status: 'active' });
  });

  it('ends with its period, unless that is taken back, and begins anew without a second trial', async () => {
    running.clock.set('2027-08-01T09:00:00Z');
    const { acme, id } = await active();
    const owner = await desk.owner(acme);
    await desk.take(acme, { ...TEAM, seats: 1 });
    const path = '/billing/subscription/cancellation';
    expect((await owner.put(path)).body.data).toMatchObject({ endsWithPeriod: true, next: null });
    expect((await owner.delete(path)).body.data).toMatchObject({ endsWithPeriod: false });
    expectStatus(await owner.put(path), 200);
    desk.goTo('2027-09-15T09:00:00Z');
    await desk.hear();
    expect(await desk.standing(acme.id)).toMatchObject({ status: 'canceled', access: 'read_only' });
    const later = await desk.owner(acme);
    expect((await later.delete(path)).status).toBe(404);
    expect(await desk.take(acme, TEAM)).toMatchObject({ status: 'active', trialEndsAt: null });
    expect(world.subscriptionsOf(id)).toHaveLength(2);
  });

  it('is taken at a checkout by who has no way to pay, with a coupon', async () => {
    running.clock.set('2027-10-01T09:00:00Z');
    const { acme, id } = await customer();
    const owner = await desk.owner(acme);
    expect((await owner.post('/billing/checkouts', TEAM)).body.error.code).toBe(
      'billing.subscribed_already',
    );
    world.end(world.subscriptionsOf(id)[0]!.id);
    world.get(id).invoice_settings.default_payment_method = null;
    await desk.hear();
    const refused = await owner.put('/billing/subscription', TEAM);
    expect([refused.status, refused.body.error.code]).toEqual([402, 'billing.checkout_needed']);
    expectStatus(await owner.post('/billing/checkouts', TEAM), 201);
    const { url } = expectStatus(await owner.post('/billing/checkouts', TEAM), 201).body.data;
    const [session, before] = world.all('checkout.session');
    expect([url, before!.status]).toEqual([session!.url, 'expired']);
    const coupon = world.add('coupon', 'coupon', { percent_off: 100 });
    completeCheckout(world, session!.id, coupon.id);
    await desk.hear();
    expect(await desk.standing(acme.id)).toMatchObject({ status: 'active', may: 3 });
    expect(world.invoicesOf(id)[0]).toMatchObject({ total: 0, status: 'paid' });
    const portal = expectStatus(await owner.post('/billing/portals'), 201).body.data;
    expect(portal.url).toMatch(/^https:\/\/billing\.stripe\.com\//);
  });

  it('ends with its period when its organization is to be deleted', async () => {
    running.clock.set('2028-02-01T09:00:00Z');
    const { acme, id } = await customer();
    const end = (organizationId: string): Promise<void> =>
      runInContext({ requestId: 'test', organizationId }, () =>
        running.get(StripeSeller).endWithOrganization(),
      );
    await end(acme.id);
    expect(world.subscriptionsOf(id)[0]).toMatchObject({ cancel_at_period_end: true });
    // Nothing is asked about whom Stripe bills nothing.
    const before = double.asked.length;
    await end((await running.given.organization()).id);
    expect(double.asked.length).toBe(before);
  });
});
