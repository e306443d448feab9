import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { asOwner, databaseOfItsOwn } from '../../support/database.js';
import type { GivenOrganization } from '../../support/given.js';
import { signed } from '../../support/stripe/double.js';
import { StripeDesk } from '../../support/stripe/desk.js';
import type { Thing } from '../../support/stripe/shapes.js';

const desk = await StripeDesk.start(await databaseOfItsOwn('stripe_events'));
const plain = await useApp();
const { running, double } = desk;
const { world } = double;
const TEAM = { planId: 'team', interval: 'month', seats: 3 };
const PATH = '/billing/stripe/events';

afterAll(() => desk.stop());
afterEach(() => running.clock.reset());

async function customer(): Promise<{ acme: GivenOrganization; id: string }> {
  const acme = await running.given.organization();
  await desk.take(acme, TEAM);
  const id = await desk.customerOf(acme.id);
  world.setCard(id, 'good');
  await desk.hear();
  return { acme, id };
}

async function kept(id: string): Promise<Thing> {
  const { rows } = await asOwner(running.database, (client) =>
    client.query('select standing, reason from stripe_events where id = $1', [id]),
  );
  return rows[0];
}

/** How often Stripe was asked what a customer has. */
function looks(): number {
  return double.asked.filter(({ method, path }) => method + path === 'GET/v1/subscriptions').length;
}

/** A change at the provider, and the event that tells of it. */
function changed(id: string, seats: number): Thing {
  const [subscription] = world.subscriptionsOf(id);
  world.change(subscription!.id, { items: [{ quantity: String(seats) }] });
  return world.events.splice(0).at(-1)!;
}

describe('an event of Stripe', () => {
  it('is taken in when it is signed, byte for byte, lately, and with a secret of the endpoint', async () => {
    const { id } = await customer();
    const event = changed(id, 4);
    const code = async (answer: Promise<Thing>): Promise<unknown> => {
      const { status, body } = await answer;
      return [status, body.error?.code];
    };
    const refused = [400, 'billing.event_not_signed'];
    expect(await code(desk.deliver(event, { secret: 'whsec_other' }))).toEqual(refused);
    expect(await code(desk.deliver(event, { header: '' }))).toEqual(refused);
    expect(await code(desk.deliver(event, { header: 't=1,v1=00' }))).toEqual(refused);
    const { payload, header } = signed(event, running.clock.now());
    const headers = { 'stripe-signature': header };
    const send = (body: string): Promise<Thing> =>
      running.as(null).send('POST', PATH, body, { headers });
    expect(await code(send(payload.replace('{', '{ ')))).toEqual(refused);
    expect(await code(send(''))).toEqual(refused);
    const early = new Date(running.clock.now().getTime() - 301_000);
    const old = signed(event, early);
    expect(await code(desk.deliver(event, { header: old.header }))).toEqual(refused);
    expect(await kept(event.id)).toBeUndefined();
    expectStatus(await desk.deliver(event, { secret: 'whsec_of_before' }), 200);
    expect(await kept(event.id)).toEqual({ standing: 'heard', reason: '' });
  });

  it('is answered before Stripe is asked anything, and asked about once however often it comes', async () => {
    const { acme, id } = await customer();
    const event = changed(id, 5);
    const before = looks();
    for (let times = 0; times < 3; times += 1) expectStatus(await desk.deliver(event), 200);
    expect(looks()).toBe(before);
    await desk.look();
    expect(looks()).toBe(before + 1);
    expect(await desk.standing(acme.id)).toMatchObject({ seats: 5, may: 5 });
    expectStatus(await desk.deliver(event), 200);
    await desk.look();
    expect(looks()).toBe(before + 1);
  });

  it('is not believed: an older one that comes later brings nothing back', async () => {
    const { acme, id } = await customer();
    const events = [6, 7, 8].map((seats) => changed(id, seats));
    for (const event of events.toReversed()) {
      expectStatus(await desk.deliver(event), 200);
      await desk.look();
      expect(await desk.standing(acme.id)).toMatchObject({ seats: 8, status: 'trialing' });
    }
  });

  it('that is lost is made up for within a day', async () => {
    running.clock.set('2027-01-10T09:00:00Z');
    const { acme, id } = await customer();
    changed(id, 9);
    await desk.look();
    expect(await desk.standing(acme.id)).toMatchObject({ seats: 3 });
    running.clock.advance(86_400_000);
    await desk.look();
    expect(await desk.standing(acme.id)).toMatchObject({ seats: 9 });
  });

  it('of the other kind of money, of another account, or of nobody is kept and not followed', async () => {
    const { id } = await customer();
    const event = changed(id, 4);
    const before = looks();
    const other = 'of another account, or of the other kind of money';
    for (const [at, says, reason] of [
      [1, { livemode: true }, other],
      [2, { account: 'acct_other' }, other],
      [3, { data: { object: { object: 'balance' } } }, 'about no customer'],
    ] as const) {
      const changedEvent = { ...event, ...says, id: `${event.id}${at}` };
      expectStatus(await desk.deliver(changedEvent), 200);
      expect(await kept(changedEvent.id)).toEqual({ standing: 'ignored', reason });
    }
    await desk.look();
    expect(looks()).toBe(before);
  });

  it('of a customer whom nobody knows is parked, and taken up when somebody does', async () => {
    const { acme, id } = await customer();
    await asOwner(running.database, (client) =>
      client.query(
        'update stripe_customers set customer_id = null, look_at = null where organization_id = $1',
        [acme.id],
      ),
    );
    const event = changed(id, 11);
    expectStatus(await desk.deliver(event), 200);
    await desk.look();
    expect(await kept(event.id)).toMatchObject({ standing: 'parked' });
    expect(await desk.standing(acme.id)).toMatchObject({ seats: 3 });
    await asOwner(running.database, (client) =>
      client.query('update stripe_customers set customer_id = $2 where organization_id = $1', [
        acme.id,
        id,
      ]),
    );
    await desk.look();
    expect(await kept(event.id)).toMatchObject({ standing: 'heard' });
    expect(await desk.standing(acme.id)).toMatchObject({ seats: 11 });
  });

  it('is forgotten when it has long been too old to come again', async () => {
    running.clock.set('2030-01-01T00:00:00Z');
    const { id } = await customer();
    const event = changed(id, 4);
    expectStatus(await desk.deliver(event), 200);
    running.clock.advance(61 * 86_400_000);
    await desk.look();
    expect(await kept(event.id)).toBeUndefined();
  });

  it('about a price that is none of ours changes nothing, and is asked about again later', async () => {
    running.clock.set('2031-01-01T00:00:00Z');
    const { acme, id } = await customer();
    const [subscription] = world.subscriptionsOf(id);
    const [item] = subscription!.items.data;
    const { metadata } = item.price;
    item.price = { ...item.price, metadata: {} };
    expectStatus(await desk.deliver(changed(id, 12)), 200);
    await desk.look();
    expect(await desk.standing(acme.id)).toMatchObject({ seats: 3, access: 'full' });
    item.price = { ...item.price, metadata };
    running.clock.advance(120_000);
    await desk.look();
    expect(await desk.standing(acme.id)).toMatchObject({ seats: 12 });
  });
});

describe('where nothing is sold by Stripe', () => {
  it('is no place for events, checkouts or portals', async () => {
    const acme = await plain.given.organization();
    const { status, body } = await plain.as(null).post(PATH, {});
    expect([status, body.error.code]).toEqual([404, 'billing.no_provider']);
    for (const [path, choice] of [
      ['checkouts', TEAM],
      ['portals', undefined],
    ] as const) {
      const answer = await acme.owner.post(`/billing/${path}`, choice);
      expect([path, answer.status, answer.body.error.code]).toEqual([
        ...[path, 404, 'billing.no_provider'],
      ]);
    }
  });
});
