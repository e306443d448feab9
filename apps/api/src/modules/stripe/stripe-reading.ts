import type Stripe from 'stripe';
import type { Interval, ProviderFacts } from '#modules/billing/billing-provider.service.js';

type Planned = NonNullable<ProviderFacts['next']>;

/** What Stripe has of a customer. */
export interface Snapshot {
  /** All there ever were. */
  subscriptions: Stripe.Subscription[];
  /** Those that ask for money, and those that were paid. */
  invoices: Stripe.Invoice[];
}

/** The subscription that counts, and what it says in our words. */
export interface Read {
  subscription: Stripe.Subscription;
  facts: ProviderFacts;
  /** How many live at once: more than one is somebody paying twice. */
  living: number;
}

/** A price that was not made by us: what it buys is unknown. */
class UnknownPrice extends Error {
  constructor(subscriptionId: string) {
    super(`the price of ${subscriptionId} names no plan in its metadata`);
    this.name = 'UnknownPrice';
  }
}

/** What the metadata of our prices, and of the phases that we plan, say. */
export interface PlanMarks {
  plan_id: string;
  plan_version: string;
}

const MOST_SEATS = 100_000;
const LIVING: ReadonlySet<string> = new Set(['trialing', 'active', 'past_due', 'unpaid', 'paused']);

/**
 * What a customer has, by what Stripe has of them and nothing else: the same, whatever was heard before and in which order.
 * The newest of those that live, else the one that ended last; one whose first payment never came never began. Null when
 * there is none. Throws {@link UnknownPrice}.
 */
export function readSnapshot({ subscriptions, invoices }: Snapshot): Read | null {
  const living = subscriptions.filter(({ status }) => LIVING.has(status));
  const ended = subscriptions.filter(({ status }) => status === 'canceled');
  const [subscription] =
    living.length > 0
      ? living.toSorted((a, b) => b.created - a.created || (a.id < b.id ? 1 : -1))
      : ended.toSorted((a, b) => endOf(b) - endOf(a) || (a.id < b.id ? 1 : -1));
  if (!subscription) return null;
  return { subscription, facts: tell(subscription, invoices), living: living.length };
}

function tell(subscription: Stripe.Subscription, invoices: Stripe.Invoice[]): ProviderFacts {
  const item = itemOf(subscription);
  const { status, trial_end: trialEnd } = subscription;
  const isOver = status === 'canceled';
  const [periodStart, periodEnd] = [item.current_period_start, item.current_period_end];
  return {
    ...choiceOf(item),
    billedBy: 'stripe',
    trialEndsAt: trialEnd === null ? null : at(trialEnd),
    anchorAt: at(subscription.billing_cycle_anchor),
    periodStart: at(periodStart),
    periodEnd: at(periodEnd),
    owedSince: isOver ? null : owedSince(subscription, invoices, periodStart),
    endsWithPeriod: !isOver && endsWith(subscription, periodEnd),
    canceledAt: isOver ? at(endOf(subscription)) : null,
    next: isOver ? null : nextOf(subscription),
  };
}

/** The item that is a plan of ours: somebody at the provider may have added others beside it. */
export function itemOf({ id, items }: Stripe.Subscription): Stripe.SubscriptionItem {
  const item = items.data.find(({ price }) => isMarked(price.metadata));
  if (!item) throw new UnknownPrice(id);
  return item;
}

function choiceOf({ price, quantity }: Stripe.SubscriptionItem): Planned {
  const interval: Interval = price.recurring?.interval === 'year' ? 'year' : 'month';
  return { ...markedPlan(price.metadata), interval, seats: seatsOf(quantity) };
}

/** What is planned for the next period; nothing when it was planned by somebody else than us. */
function nextOf({ schedule }: Stripe.Subscription): Planned | null {
  if (schedule === null || typeof schedule === 'string' || schedule.status !== 'active')
    return null;
  const from = schedule.current_phase?.start_date ?? 0;
  const phase = schedule.phases.find(({ start_date }) => start_date > from);
  const marks = phase?.metadata;
  if (!phase || !marks || !isMarked(marks)) return null;
  const interval: Interval = marks.interval === 'year' ? 'year' : 'month';
  return { ...markedPlan(marks), interval, seats: seatsOf(phase.items[0]?.quantity) };
}

/**
 * Since when something is due and unpaid. An invoice that is charged by itself is due when it is made out, and unpaid when
 * a payment failed; one that is sent has a day. One that was written off or taken back is not owed.
 */
function owedSince(
  { id, status }: Stripe.Subscription,
  invoices: Stripe.Invoice[],
  periodStart: number,
): Date | null {
  const due = invoices
    .filter((invoice) => subscriptionOf(invoice) === id)
    .filter(({ status: standing, attempted, due_date: day }) => {
      return standing === 'open' && (attempted || day !== null);
    })
    .map(({ due_date, status_transitions, created }) => {
      return due_date ?? status_transitions.finalized_at ?? created;
    });
  if (due.length > 0) return at(Math.min(...due));
  const isBehind = status === 'past_due' || status === 'unpaid' || status === 'paused';
  return isBehind ? at(periodStart) : null;
}

function subscriptionOf({ parent }: Stripe.Invoice): string | undefined {
  const subscription = parent?.subscription_details?.subscription;
  return typeof subscription === 'string' ? subscription : subscription?.id;
}

function endsWith(subscription: Stripe.Subscription, periodEnd: number): boolean {
  const { cancel_at_period_end: withPeriod, cancel_at: cancelAt } = subscription;
  return withPeriod || (cancelAt !== null && cancelAt <= periodEnd);
}

function endOf({ ended_at: ended, canceled_at: canceled, created }: Stripe.Subscription): number {
  return ended ?? canceled ?? created;
}

function isMarked(metadata: Stripe.Metadata): boolean {
  return metadata.plan_id !== undefined && /^\d{1,9}$/.test(metadata.plan_version ?? '');
}

function markedPlan(metadata: Stripe.Metadata): { planId: string; planVersion: number } {
  return { planId: metadata.plan_id!, planVersion: Number(metadata.plan_version) };
}

function seatsOf(quantity: number | undefined): number {
  return Math.min(Math.max(quantity ?? 1, 1), MOST_SEATS);
}

/** Stripe counts in seconds. */
function at(seconds: number): Date {
  return new Date(seconds * 1000);
}
