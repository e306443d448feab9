import { randomUUID } from 'node:crypto';
import { afterAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { StripeEvents } from '../../../apps/api/src/modules/stripe/stripe-events.service.js';
import { asOwner, databaseOfItsOwn } from '../../support/database.js';
import { signed } from '../../support/stripe/double.js';
import { StripeDesk } from '../../support/stripe/desk.js';
import { expectedOf } from '../../support/stripe/expected.js';
import { ACTS, doTo } from '../../support/stripe/history.js';
import type { Thing } from '../../support/stripe/shapes.js';

/**
 * Whatever of Stripe's events comes, how often and in which order, after a day's reconciliation what is written here is
 * what Stripe has. Through the code that serves: events as they are signed, the turns, the database. A batch of customers
 * lives through the same days at once, each its own life; one customer's life is one run.
 */
const RUNS = Number(process.env.MANYDESK_CONVERGENCE_RUNS ?? 40);
const BATCH = 20;
const STEPS = 5;
const DAY = 86_400_000;

const desk = await StripeDesk.start(await databaseOfItsOwn('stripe_convergence'));
const { running, double } = desk;
const { world } = double;
let epoch = Date.parse('2030-01-01T00:00:00Z');

afterAll(() => desk.stop());

/** What a customer does in each step; and of its events, how often each comes (0: it is lost) and when. */
const life = fc.record({
  acts: fc.array(fc.constantFrom(...ACTS), { minLength: STEPS, maxLength: STEPS }),
  copies: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 12 }),
  order: fc.array(fc.nat(999), { minLength: 1, maxLength: 12 }),
});
const batch = fc.record({
  days: fc.array(fc.integer({ min: 0, max: 45 }), { minLength: STEPS, maxLength: STEPS }),
  lives: fc.array(life, { minLength: BATCH, maxLength: BATCH }),
});
type Life = typeof life extends fc.Arbitrary<infer Value> ? Value : never;

interface Customer extends Life {
  id: string;
  organizationId: string;
  /** Events that have not come yet. */
  pending: Thing[];
}

it(
  'is what Stripe has, whatever was heard of it',
  async () => {
    await fc.assert(
      fc.asyncProperty(batch, async ({ days, lives }) => {
        // Later than every batch before: their customers are looked at no more.
        epoch += 400 * DAY;
        running.clock.set(new Date(epoch));
        const customers = await open(lives);
        for (const [step, later] of days.entries()) {
          desk.goOn(later);
          for (const customer of customers) doTo(world, customer.id, customer.acts[step]!);
          await hear(customers, step === STEPS - 1 ? 'all' : 'some');
        }
        // What happens from here on nobody is told: only the day's look can find it.
        desk.goOn(1);
        world.events.length = 0;
        await desk.look();
        const now = running.clock.now();
        const expected = customers.map(({ id }) => expectedOf(world, id, now));
        expect(await written(customers)).toEqual(expected);
        await close(customers);
      }),
      // Twenty lives that fail at once say enough: to make them smaller would take an hour.
      { numRuns: Math.ceil(RUNS / BATCH), endOnFailure: true },
    );
  },
  600_000 + RUNS * 5_000,
);

/** Customers of organizations of their own, who have just begun to try a plan. */
async function open(lives: Life[]): Promise<Customer[]> {
  const price = world.all('price')[0]?.id ?? (await priceOfTeam());
  const customers = lives.map((one) => {
    const { id } = world.createCustomer({});
    const items = [{ price, quantity: '3' }];
    world.begin({ customer: id, items, trial_period_days: '14' });
    return { ...one, id, organizationId: randomUUID(), pending: [] };
  });
  await asOwner(running.database, async (client) => {
    const values = [customers.map(({ organizationId }) => organizationId)];
    await client.query(
      `insert into organizations (id, name, slug) select id, 'Acme', 'acme-' || left(id::text, 30) from unnest($1::uuid[]) id`,
      values,
    );
    await client.query(
      `insert into ledger_heads (organization_id, hash) select id, decode(repeat('00', 32), 'hex') from unnest($1::uuid[]) id`,
      values,
    );
    await client.query(
      `insert into stripe_customers (organization_id, customer_id, look_at)
       select * from unnest($1::uuid[], $2::text[], $3::timestamptz[])`,
      [...values, customers.map(({ id }) => id), customers.map(() => running.clock.now())],
    );
  });
  return customers;
}

/** The plan is there once somebody has taken it through the product. */
async function priceOfTeam(): Promise<string> {
  const acme = await running.given.organization();
  await desk.take(acme, { planId: 'team', interval: 'year', seats: 1 });
  await desk.take(acme, { planId: 'starter', interval: 'month', seats: 1 });
  await desk.take(acme, { planId: 'team', interval: 'month', seats: 1 });
  return world.all('price')[0]!.id;
}

/** Brings some of what is pending, or all: lost, doubled and out of order; the worker looks in between. */
async function hear(customers: Customer[], which: 'some' | 'all'): Promise<void> {
  const fresh = world.events.splice(0);
  const coming: { event: Thing; place: number }[] = [];
  for (const customer of customers) {
    const { copies, order, id } = customer;
    const mine = fresh.filter(({ data }) => id === (data.object.customer ?? data.object.id));
    const pending = [...customer.pending, ...mine];
    customer.pending = [];
    pending.forEach((event, at) => {
      const place = order[at % order.length]!;
      if (which === 'some' && place % 3 === 0) return void customer.pending.push(event);
      for (let copy = 0; copy < copies[at % copies.length]!; copy += 1)
        coming.push({ event, place: (place + copy * 333) % 1000 });
    });
  }
  coming.sort((a, b) => a.place - b.place);
  const half = Math.floor(coming.length / 2);
  for (const part of [coming.slice(0, half), coming.slice(half)]) {
    await Promise.all(part.map(({ event }) => take(event)));
    await desk.look();
  }
}

async function take(event: Thing): Promise<void> {
  const { payload, header } = signed(event, running.clock.now());
  await running.get(StripeEvents).take(Buffer.from(payload), header);
}

async function written(customers: Customer[]): Promise<Thing[]> {
  const { rows } = await asOwner(running.database, (client) =>
    client.query(
      `select s.organization_id as id, s.status, s.plan_id as plan, s.seats, s.billed_every as every,
         extract(epoch from s.period_end)::float8 as "periodEnd", s.ends_with_period as "endsWithPeriod",
         s.canceled_at is not null as "isOver", s.next_plan_id as "nextPlan", s.next_seats as "nextSeats",
         e.access, e.seats as "mayHave", e.plan_id as "mayPlan",
         (select coalesce(array_agg(concat_ws(' ', p.provider_id, p.total, extract(epoch from p.paid_at)::bigint) order by p.provider_id), '{}')
          from provider_invoices p where p.organization_id = s.organization_id) as paid
       from subscriptions s join organization_entitlements e using (organization_id)
       where s.organization_id = any ($1)`,
      [customers.map(({ organizationId }) => organizationId)],
    ),
  );
  const found = new Map(rows.map(({ id, ...row }) => [id, row]));
  return customers.map(({ organizationId }) => found.get(organizationId));
}

/** They are looked at no more: the next batch lives years later. */
async function close(customers: Customer[]): Promise<void> {
  await asOwner(running.database, (client) =>
    client.query('update stripe_customers set look_at = null where organization_id = any ($1)', [
      customers.map(({ organizationId }) => organizationId),
    ]),
  );
  for (const { id } of customers)
    for (const thing of [...world.things.values()])
      if (thing.customer === id || thing.id === id) world.things.delete(thing.id);
}
