import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { expectStatus } from '../../support/as.js';
import { asOwner, databaseOfItsOwn } from '../../support/database.js';
import type { GivenOrganization } from '../../support/given.js';
import { StripeDesk } from '../../support/stripe/desk.js';
import { StripeTurns } from '../../../apps/api/src/modules/stripe/stripe-turns.service.js';

const desk = await StripeDesk.start(await databaseOfItsOwn('stripe_faults'));
const { running, double } = desk;
const { world } = double;
const TEAM = { planId: 'team', interval: 'month', seats: 3 };
const BEGIN = 'POST /v1/subscriptions';

afterAll(() => desk.stop());
afterEach(() => running.clock.reset());

async function tryTaking(acme: GivenOrganization, choice: object = TEAM): Promise<unknown[]> {
  const { status, body } = await acme.owner.put('/billing/subscription', choice);
  return [status, body.error?.code];
}

const UNREACHABLE = [503, 'billing.provider_unreachable'];

async function requests(acme: GivenOrganization, purpose: string): Promise<any[]> {
  const { rows } = await asOwner(running.database, (client) =>
    client.query(
      'select idempotency_key as key, outcome, answered_at from stripe_requests where organization_id = $1 and purpose = $2 order by created_at, id',
      [acme.id, purpose],
    ),
  );
  return rows;
}

describe('a change that Stripe is asked for', () => {
  it('carries a key that was kept before, each its own', async () => {
    const acme = await running.given.organization();
    const before = double.asked.length;
    expect(await tryTaking(acme)).toEqual([200, undefined]);
    expect(await tryTaking(acme, { ...TEAM, seats: 4 })).toEqual([200, undefined]);
    expect(await tryTaking(acme, { ...TEAM, seats: 3 })).toEqual([200, undefined]);
    expect(await tryTaking(acme, { ...TEAM, seats: 4 })).toEqual([200, undefined]);
    const writes = double.asked.slice(before).filter(({ method }) => method !== 'GET');
    const keys = writes.map(({ key }) => key);
    expect(keys).not.toContain(undefined);
    expect(new Set(keys).size).toBe(keys.length);
    const [begun] = await requests(acme, 'begin');
    expect(keys).toContain(begun.key);
    expect(begun.outcome).toBe('done');
    expect(world.subscriptionsOf(await desk.customerOf(acme.id))).toHaveLength(1);
    expect(await desk.standing(acme.id)).toMatchObject({ seats: 4 });
  });

  it('is found done when its answer was a fault after all', async () => {
    const acme = await running.given.organization();
    double.fail({ on: BEGIN, how: '500 after' });
    expect(await tryTaking(acme)).toEqual(UNREACHABLE);
    expect(await tryTaking(acme)).toEqual([200, undefined]);
    expect(world.subscriptionsOf(await desk.customerOf(acme.id))).toHaveLength(1);
    expect(await desk.standing(acme.id)).toMatchObject({ status: 'trialing', seats: 3 });
  });

  it('is asked for anew, with another key, when a fault came before it was done', async () => {
    const acme = await running.given.organization();
    double.fail({ on: BEGIN, how: '500' });
    expect(await tryTaking(acme)).toEqual(UNREACHABLE);
    expect(await tryTaking(acme)).toEqual([200, undefined]);
    const made = await requests(acme, 'begin');
    expect(made.map(({ outcome }) => outcome)).toEqual(['ProviderUnreachable', 'done']);
    expect(made[0].key).not.toBe(made[1].key);
    expect(world.subscriptionsOf(await desk.customerOf(acme.id))).toHaveLength(1);
  });

  it('is asked for with the same key when no answer came, and Stripe does it once', async () => {
    const acme = await running.given.organization();
    double.fail({ on: 'POST /v1/customers', how: 'hang up after', times: 3 });
    expect(await tryTaking(acme)).toEqual(UNREACHABLE);
    expect(await desk.customerOf(acme.id)).toBeNull();
    const [open] = await requests(acme, 'customer');
    expect(open).toMatchObject({ outcome: '', answered_at: null });
    const before = world.all('customer').length;
    expect(await tryTaking(acme)).toEqual([200, undefined]);
    expect(world.all('customer').length).toBe(before);
    const made = await requests(acme, 'customer');
    expect(made).toEqual([expect.objectContaining({ key: open.key, outcome: 'done' })]);
  });

  it('waits when there are too many, and is not lost by it', async () => {
    const acme = await running.given.organization();
    double.fail({ on: BEGIN, how: '429' });
    expect(await tryTaking(acme)).toEqual(UNREACHABLE);
    expect(await tryTaking(acme)).toEqual([200, undefined]);
    expect(await requests(acme, 'begin')).toHaveLength(1);
  });

  it('is one at a time for each organization, and no transaction is open meanwhile', async () => {
    const acme = await running.given.organization();
    await tryTaking(acme);
    double.fail({ on: BEGIN, how: 'stall' });
    const slow = tryTaking(acme, { ...TEAM, seats: 8 });
    await until(() => double.stalled === 1);
    const waiting = tryTaking(acme, { ...TEAM, seats: 5 });
    const { rows } = await asOwner(running.database, (client) =>
      client.query(
        `select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state like 'idle in transaction%'`,
      ),
    );
    expect(rows).toEqual([]);
    double.go();
    expect(await slow).toEqual([200, undefined]);
    expect(await waiting).toEqual([200, undefined]);
    expect(await desk.standing(acme.id)).toMatchObject({ seats: 5 });
  });
});

describe('what Stripe was asked too long ago', () => {
  it('is not written by who has lost the turn', async () => {
    const acme = await running.given.organization();
    await tryTaking(acme);
    const customer = await desk.customerOf(acme.id);
    const [subscription] = world.subscriptionsOf(customer);
    await desk.hear();
    world.change(subscription!.id, { items: [{ quantity: '7' }] });
    expectStatus(await desk.deliver(world.events.splice(0).at(-1)!), 200);
    // This one has its answer of seven seats, and is slow to come back with it.
    double.fail({ on: 'GET /v1/invoices', how: 'stall' });
    const late = desk.look();
    await until(() => double.stalled === 1);
    running.clock.set(new Date(Date.now() + 130_000));
    world.change(subscription!.id, { items: [{ quantity: '9' }] });
    await running.get(StripeTurns).hold(acme.id, () => Promise.resolve());
    await asOwner(running.database, (client) =>
      client.query('update stripe_customers set look_at = $2 where organization_id = $1', [
        acme.id,
        running.clock.now(),
      ]),
    );
    await desk.look();
    expect(await desk.standing(acme.id)).toMatchObject({ seats: 9 });
    double.go();
    await late;
    expect(await desk.standing(acme.id)).toMatchObject({ seats: 9 });
  });

  it('is asked again later, and keeps nobody else from being asked about', async () => {
    running.clock.set('2028-01-01T00:00:00Z');
    // What is left of others would be asked about beside these two, and one of them could have the failure.
    await desk.hear();
    const [acme, other] = [await running.given.organization(), await running.given.organization()];
    for (const one of [acme, other]) await desk.take(one, TEAM);
    for (const one of [acme, other]) {
      const [subscription] = world.subscriptionsOf(await desk.customerOf(one.id));
      world.change(subscription!.id, { items: [{ quantity: '6' }] });
    }
    double.fail({ on: 'GET /v1/subscriptions', how: '500' });
    await desk.hear();
    const seats = await Promise.all(
      [acme, other].map(async ({ id }) => (await desk.standing(id)).seats),
    );
    expect(seats.toSorted()).toEqual([3, 6]);
    running.clock.advance(61_000);
    await desk.look();
    for (const { id } of [acme, other]) expect(await desk.standing(id)).toMatchObject({ seats: 6 });
  });
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((done) => setImmediate(done));
}
