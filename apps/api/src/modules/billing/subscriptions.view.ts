import type { SubscriptionDto } from './dto/subscription.dto.js';
import type { PlannedDto } from './dto/subscription.dto.js';
import {
  priceOf,
  STANDINGS,
  type Biller,
  type Choice,
  type Status,
  type Subscription,
} from './subscription-machine.js';
import { plusDays, type Interval } from './periods.js';

export const subscriptionSelect = {
  billedBy: true,
  status: true,
  planId: true,
  planVersion: true,
  billedEvery: true,
  seats: true,
  trialEndsAt: true,
  anchorAt: true,
  periodStart: true,
  periodEnd: true,
  owedSince: true,
  endsWithPeriod: true,
  canceledAt: true,
  nextPlanId: true,
  nextPlanVersion: true,
  nextBilledEvery: true,
  nextSeats: true,
  lookAt: true,
} as const;

export interface SubscriptionRow {
  billedBy: string;
  status: string;
  planId: string;
  planVersion: number;
  billedEvery: string;
  seats: number;
  trialEndsAt: Date | null;
  anchorAt: Date;
  periodStart: Date;
  periodEnd: Date;
  owedSince: Date | null;
  endsWithPeriod: boolean;
  canceledAt: Date | null;
  nextPlanId: string | null;
  nextPlanVersion: number | null;
  nextBilledEvery: string | null;
  nextSeats: number | null;
  lookAt: Date | null;
}

/** A row as the machine takes it. */
export function toSubscription(
  row: SubscriptionRow,
  plan: Choice['plan'],
  nextPlan: Choice['plan'] | null,
): Subscription {
  const { trialEndsAt, anchorAt, periodStart, periodEnd, owedSince, endsWithPeriod } = row;
  return {
    ...{ trialEndsAt, anchorAt, periodStart, periodEnd, owedSince, endsWithPeriod, plan },
    billedBy: row.billedBy as Biller,
    status: row.status as Status,
    interval: row.billedEvery as Interval,
    seats: row.seats,
    canceledAt: row.canceledAt,
    next: nextPlan && {
      plan: nextPlan,
      interval: row.nextBilledEvery as Interval,
      seats: row.nextSeats!,
    },
  };
}

/** What of the machine's words is written. */
export function toColumns({ plan, interval, next, ...kept }: Subscription): SubscriptionRow {
  return {
    ...kept,
    planId: plan.id,
    planVersion: plan.version,
    billedEvery: interval,
    nextPlanId: next?.plan.id ?? null,
    nextPlanVersion: next?.plan.version ?? null,
    nextBilledEvery: next?.interval ?? null,
    nextSeats: next?.seats ?? null,
    lookAt: null,
  };
}

export function toSubscriptionDto(subscription: Subscription): SubscriptionDto {
  const { status, endsWithPeriod, plan, periodStart, periodEnd, next } = subscription;
  const { trialEndsAt, owedSince, canceledAt } = subscription;
  return {
    ...toPlanned(subscription),
    status,
    endsWithPeriod,
    currency: plan.currency,
    price: priceOf(subscription),
    trialEndsAt: textOf(trialEndsAt),
    periodStart: periodStart.toISOString(),
    periodEnd: periodEnd.toISOString(),
    owedSince: textOf(owedSince),
    readOnlyFrom: textOf(owedSince && plusDays(owedSince, STANDINGS.read_only)),
    suspendedFrom: textOf(owedSince && plusDays(owedSince, STANDINGS.suspended)),
    canceledAt: textOf(canceledAt),
    next: next && toPlanned(next),
  };
}

function toPlanned({ plan, interval, seats }: Choice): PlannedDto {
  return { planId: plan.id, planVersion: plan.version, interval, seats };
}

function textOf(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
