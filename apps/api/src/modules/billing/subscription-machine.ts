import type { PlanAccess } from '#core/tenancy/entitlement-terms.js';
import { shareOf } from './money.js';
import { periodEnd, plusDays, type Interval } from './periods.js';

export const STATUSES = [
  'trialing',
  'active',
  'past_due',
  'grace',
  'read_only',
  'suspended',
  'canceled',
] as const;
export type Status = (typeof STATUSES)[number];

/** Who writes the bills: we, or a provider that keeps periods and payments by itself and tells us of them. */
export const BILLERS = ['manual', 'stripe'] as const;
export type Biller = (typeof BILLERS)[number];

/** Days after something became overdue from which each standing holds. */
export const STANDINGS = { past_due: 0, grace: 7, read_only: 14, suspended: 30 } as const;

/** What of a plan the machine reckons with. */
export interface Priced {
  id: string;
  version: number;
  currency: string;
  /** For a seat, in the smallest unit of the currency. */
  price: Record<Interval, number>;
}

/** What somebody takes. */
export interface Choice {
  plan: Priced;
  interval: Interval;
  seats: number;
}

export interface Subscription extends Choice {
  billedBy: Biller;
  status: Status;
  trialEndsAt: Date | null;
  /** What the periods are counted from. */
  anchorAt: Date;
  periodStart: Date;
  periodEnd: Date;
  /** Since when something is overdue; null when nothing is. */
  owedSince: Date | null;
  endsWithPeriod: boolean;
  canceledAt: Date | null;
  /** What it becomes with the next period. */
  next: Choice | null;
}

/** One thing that is to be paid: a period, the rest of one for more than before, or below zero the rest that was paid. */
export interface Charge {
  kind: 'period' | 'rest' | 'unused';
  planId: string;
  interval: Interval;
  seats: number;
  from: Date;
  to: Date;
  amount: number;
}

/** What a subscription has become, and what is to be paid for it: one bill an element. */
export interface Outcome {
  subscription: Subscription;
  bills: Charge[][];
}

/** Periods that one look may bill: a clock that was wrong must not bill a century. */
const MOST_PERIODS = 120;

/** What may be done with an organization of this standing. Nothing is ever deleted. */
export function accessOf(status: Status): PlanAccess {
  if (status === 'suspended') return 'suspended';
  return status === 'read_only' || status === 'canceled' ? 'read_only' : 'full';
}

/** Begins a subscription with a trial of so many days, or with a first period that is billed. */
export function begin(choice: Choice, trialDays: number, now: Date): Outcome {
  const blank = {
    ...choice,
    billedBy: 'manual' as const,
    ...{ owedSince: null, endsWithPeriod: false, canceledAt: null, next: null },
  };
  if (trialDays === 0) return opened({ ...blank, trialEndsAt: null }, now);
  const trialEndsAt = plusDays(now, trialDays);
  return {
    subscription: {
      ...blank,
      ...{ status: 'trialing', trialEndsAt, anchorAt: now, periodStart: now },
      periodEnd: trialEndsAt,
    },
    bills: [],
  };
}

/**
 * What a subscription is at `now` that is billed elsewhere: when it was paid, when it is over and what it costs is said by
 * who bills it, and what follows for the organization is said here. The same for the same facts, however often they come.
 */
export function observe(facts: Omit<Subscription, 'status'>, now: Date): Subscription {
  const { canceledAt, trialEndsAt, owedSince } = facts;
  if (canceledAt !== null) return { ...facts, next: null, status: 'canceled' };
  const isTried = trialEndsAt !== null && trialEndsAt > now && owedSince === null;
  return { ...facts, status: isTried ? 'trialing' : standingAt(owedSince, now) };
}

/**
 * What time alone makes of a subscription until `now`: the trial ends, periods are billed or end it, and what is overdue
 * takes its course. The same whether it is looked at once or often. Who reads only is billed no further period.
 */
export function advance(before: Subscription, now: Date): Outcome {
  if (before.billedBy !== 'manual') return { subscription: observe(before, now), bills: [] };
  let subscription = before;
  const bills: Charge[][] = [];
  while (
    subscription.status !== 'canceled' &&
    subscription.periodEnd <= now &&
    bills.length < MOST_PERIODS
  ) {
    const { periodEnd: end, owedSince, endsWithPeriod } = subscription;
    if (endsWithPeriod) {
      subscription = { ...subscription, status: 'canceled', canceledAt: end, next: null };
    } else if (accessOf(standingAt(owedSince, end)) !== 'full') {
      break;
    } else {
      const isAnew = subscription.status === 'trialing' || changesInterval(subscription);
      const { next, ...kept } = subscription;
      const chosen = { ...kept, ...next, next: null };
      const anchorAt = isAnew ? end : subscription.anchorAt;
      subscription = inPeriod({ ...chosen, status: 'active', anchorAt }, end);
      bills.push([periodOf(subscription)]);
    }
  }
  return { subscription: standing(subscription, now), bills };
}

/** What a subscription is when `owedSince` is what is overdue now. Who was halted and has paid begins a new period. */
export function owing(before: Subscription, owedSince: Date | null, now: Date): Outcome {
  const isBack = owedSince === null && isHalted(before) && before.periodEnd <= now;
  const subscription = { ...before, owedSince };
  if (!isBack || subscription.endsWithPeriod) return advance(subscription, now);
  const { next, ...kept } = subscription;
  return opened({ ...kept, ...next, next: null }, now);
}

/**
 * Takes something else. What costs more is there at once, and its rest of the period is billed; what costs less waits for
 * the next period, which has been paid. A trial is changed at once, and costs nothing.
 */
export function choose(before: Subscription, choice: Choice, now: Date): Outcome {
  const { plan, interval, seats } = choice;
  const kept = { ...before, next: null, endsWithPeriod: false };
  if (before.status === 'trialing')
    return { subscription: { ...kept, plan, interval, seats }, bills: [] };
  const rest = restOf(before, now);
  if (interval !== before.interval) {
    const anew = opened({ ...kept, plan, interval, seats }, now);
    const due = sumOf(anew.bills[0]!) - rest;
    if (interval === 'month' || due <= 0)
      return { subscription: { ...kept, next: choice }, bills: [] };
    const unused: Charge = {
      ...chargeOf(before, 'unused', now, before.periodEnd),
      amount: -rest,
    };
    const { status, owedSince } = before;
    return {
      subscription: { ...anew.subscription, status, owedSince },
      bills: [[...anew.bills[0]!, ...(rest === 0 ? [] : [unused])]],
    };
  }
  const changed = { ...kept, plan, interval, seats };
  const more = restOf(changed, now) - rest;
  if (priceOf(choice) < priceOf(before))
    return { subscription: { ...kept, next: choice }, bills: [] };
  const charge = { ...chargeOf(changed, 'rest', now, before.periodEnd), amount: more };
  return { subscription: changed, bills: more === 0 ? [] : [[charge]] };
}

/** Ends it with the period that is paid, or takes that back. Who reads only, or tries, has nothing to wait for. */
export function endWithPeriod(before: Subscription, ends: boolean, now: Date): Subscription {
  if (ends && isHalted(before))
    return { ...before, status: 'canceled', canceledAt: now, endsWithPeriod: true, next: null };
  return { ...before, endsWithPeriod: ends };
}

/** When time alone changes it next; null when it never does. */
export function nextLook(subscription: Subscription): Date | null {
  const { status, periodEnd, owedSince, billedBy, trialEndsAt } = subscription;
  if (status === 'canceled') return null;
  const isOurs = billedBy === 'manual';
  const end = isOurs ? periodEnd : status === 'trialing' ? trialEndsAt : null;
  const course = Object.entries(STANDINGS)
    .filter(([standing]) => RANK[standing as Status] > RANK[status])
    .map(([, days]) => (owedSince === null ? null : plusDays(owedSince, days)));
  const halted = status === 'read_only' || status === 'suspended';
  const times = [...(halted ? [] : [end]), ...course].filter((at) => at !== null);
  return times.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

/** What a choice costs for one of its periods. */
export function priceOf({ plan, interval, seats }: Choice): number {
  return plan.price[interval] * seats;
}

export function sumOf(charges: readonly Charge[]): number {
  return charges.reduce((sum, { amount }) => sum + amount, 0);
}

const RANK: Record<Status, number> = {
  trialing: 0,
  active: 0,
  past_due: 1,
  grace: 2,
  read_only: 3,
  suspended: 4,
  canceled: 5,
};

function standingAt(owedSince: Date | null, at: Date): Status {
  if (owedSince === null) return 'active';
  const reached = Object.entries(STANDINGS).filter(([, days]) => plusDays(owedSince, days) <= at);
  return (reached.at(-1)?.[0] as Status | undefined) ?? 'active';
}

function standing(subscription: Subscription, now: Date): Subscription {
  const { status, owedSince } = subscription;
  if (status === 'trialing' || status === 'canceled') return subscription;
  return { ...subscription, status: standingAt(owedSince, now) };
}

export function isHalted({ status }: Subscription): boolean {
  return status === 'read_only' || status === 'suspended';
}

function changesInterval({ next, interval }: Subscription): boolean {
  return next !== null && next.interval !== interval;
}

function opened(
  choice: Omit<Subscription, 'status' | 'anchorAt' | 'periodStart' | 'periodEnd'>,
  now: Date,
): Outcome {
  const subscription = inPeriod({ ...choice, status: 'active', anchorAt: now }, now);
  return { subscription, bills: [[periodOf(subscription)]] };
}

function inPeriod(
  subscription: Omit<Subscription, 'periodStart' | 'periodEnd'>,
  start: Date,
): Subscription {
  const end = periodEnd(subscription.anchorAt, subscription.interval, start);
  return { ...subscription, periodStart: start, periodEnd: end };
}

function periodOf(subscription: Subscription): Charge {
  const { periodStart, periodEnd: end } = subscription;
  return chargeOf(subscription, 'period', periodStart, end);
}

function chargeOf(choice: Choice, kind: Charge['kind'], from: Date, to: Date): Charge {
  const { plan, interval, seats } = choice;
  return { kind, planId: plan.id, interval, seats, from, to, amount: priceOf(choice) };
}

/** What the rest of the period costs. */
function restOf(subscription: Subscription, now: Date): number {
  const { periodStart, periodEnd: end } = subscription;
  const left = Math.max(0, end.getTime() - Math.max(now.getTime(), periodStart.getTime()));
  return shareOf(priceOf(subscription), left, end.getTime() - periodStart.getTime());
}
