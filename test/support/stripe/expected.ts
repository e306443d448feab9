import type { Thing } from './shapes.js';
import { itemOf, type StripeWorld } from './world.js';

const DAY = 86_400;

/** What is to be written of a customer at `now`, reckoned anew from what Stripe has; undefined when it never had a plan. */
export function expectedOf(world: StripeWorld, customer: string, now: Date): Thing | undefined {
  const subscriptions = world.subscriptionsOf(customer);
  const living = subscriptions.find(({ status }) => status !== 'canceled');
  const ended = subscriptions.toSorted((a, b) => b.ended_at - a.ended_at);
  const subscription = living ?? ended[0];
  if (!subscription) return undefined;
  const item = itemOf(subscription);
  const { plan_id: plan } = item.price.metadata;
  const status = statusOf(world, subscription, now.getTime() / 1000);
  const next = living ? nextOf(world, subscription) : undefined;
  return {
    ...{ status, plan, seats: item.quantity, every: item.price.recurring.interval },
    periodEnd: item.current_period_end,
    endsWithPeriod: living !== undefined && subscription.cancel_at_period_end,
    isOver: living === undefined,
    nextPlan: next?.metadata.plan_id ?? null,
    nextSeats: next?.items[0].quantity ?? null,
    access: accessOf(status),
    ...{ mayHave: item.quantity, mayPlan: plan, paid: paidOf(world, customer) },
  };
}

/** What was paid, as it is kept here: the names by which Stripe has them, and the sums. */
function paidOf(world: StripeWorld, customer: string): string[] {
  return world
    .invoicesOf(customer)
    .filter(({ status, total }) => status === 'paid' && total !== 0)
    .map(({ id, total, status_transitions: { paid_at: paid } }) => `${id} ${total} ${paid}`)
    .toSorted();
}

function statusOf(world: StripeWorld, subscription: Thing, now: number): string {
  if (subscription.status === 'canceled') return 'canceled';
  const unpaid = world
    .invoicesOf(subscription.customer)
    .filter(({ parent }) => parent.subscription_details.subscription === subscription.id)
    .filter(({ status }) => status === 'open')
    .map((invoice) => invoice.status_transitions.finalized_at);
  if (unpaid.length === 0) return subscription.status === 'trialing' ? 'trialing' : 'active';
  const days = (now - Math.min(...unpaid)) / DAY;
  if (days >= 30) return 'suspended';
  if (days >= 14) return 'read_only';
  return days >= 7 ? 'grace' : 'past_due';
}

function accessOf(status: string): string {
  if (status === 'suspended') return 'suspended';
  return status === 'read_only' || status === 'canceled' ? 'read_only' : 'full';
}

function nextOf(world: StripeWorld, { schedule }: Thing): Thing | undefined {
  if (schedule === null) return undefined;
  const { current_phase: current, phases } = world.get(schedule);
  return phases.find(({ start_date: start }: Thing) => start > current.start_date);
}
