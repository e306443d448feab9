import { itemOf, type StripeWorld } from './world.js';
import type { Thing } from './shapes.js';

/** What happens to a customer at Stripe: in its portal, at its desk, or at their bank. */
export const ACTS = [
  'nothing',
  'more seats',
  'fewer seats',
  'other plan',
  'a year',
  'fewer later',
  'cancel',
  'keep',
  'end at once',
  'begin again',
  'good card',
  'bad card',
  'pay',
] as const;
type Act = (typeof ACTS)[number];

/** Does it, where it can be done. */
export function doTo(world: StripeWorld, customer: string, act: Act): void {
  const living = world.subscriptionsOf(customer).find(({ status }) => status !== 'canceled');
  if (act === 'good card' || act === 'bad card')
    return world.setCard(customer, act === 'good card' ? 'good' : 'bad');
  if (act === 'pay') return world.payAll(customer);
  if (living) doToPlan(world, living, act);
  else if (act === 'begin again')
    world.begin({ customer, items: [{ price: priceBy(world, 'team', 'month'), quantity: '2' }] });
}

function doToPlan(world: StripeWorld, subscription: Thing, act: Act): void {
  const { id, schedule } = subscription;
  const item = itemOf(subscription);
  const change = (wanted: Thing): Thing =>
    world.change(id, { items: [wanted], proration_behavior: 'always_invoice' });
  if (act === 'more seats') change({ quantity: String(item.quantity + 2) });
  if (act === 'fewer seats') change({ quantity: String(Math.max(1, item.quantity - 1)) });
  if (act === 'other plan') change({ price: priceBy(world, 'starter', 'month') });
  if (act === 'a year') change({ price: priceBy(world, 'team', 'year') });
  if (act === 'end at once') world.end(id);
  if (schedule !== null) return;
  if (act === 'cancel') world.change(id, { cancel_at_period_end: 'true' });
  if (act === 'keep') world.change(id, { cancel_at_period_end: 'false' });
  if (act === 'fewer later' && !subscription.cancel_at_period_end) planFewer(world, subscription);
}

function planFewer(world: StripeWorld, { id, items }: Thing): void {
  const [item] = items.data;
  const { plan_id: plan, plan_version: version } = item.price.metadata;
  const { interval } = item.price.recurring;
  const metadata = { plan_id: plan, plan_version: version, interval };
  const next = [{ price: item.price.id, quantity: '1' }];
  world.setPhases(world.plan(id).id, {
    phases: [
      { items: [], start_date: item.current_period_start, end_date: item.current_period_end },
      { items: next, duration: { interval }, metadata },
    ],
  });
}

function priceBy(world: StripeWorld, plan: string, interval: string): string {
  const price = world
    .all('price')
    .find(
      ({ metadata, recurring }) => metadata.plan_id === plan && recurring.interval === interval,
    );
  return price!.id;
}
