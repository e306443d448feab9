import type { Choice, Subscription } from './subscription-machine.js';

/** An event to be recorded about the organization. */
export interface News {
  type: string;
  data: Record<string, unknown>;
  changes?: Record<string, [unknown, unknown]>;
}

/** What there is to tell when a subscription has become another one at `now`: the same whoever bills it. */
export function newsOf(before: Subscription | null, after: Subscription, now: Date): News[] {
  const { status } = after;
  if (before === null) return [{ type: 'billing.subscribed', data: { ...saidOf(after), status } }];
  const isBack = before.status === 'canceled' && status !== 'canceled';
  const news: News[] = isBack
    ? [{ type: 'billing.subscribed', data: { ...saidOf(after), status } }]
    : [...change(before, after, now), ...cancellation(before, after)];
  if (before.status !== status)
    news.push({
      type: 'billing.status_changed',
      data: {},
      changes: { status: [before.status, status] },
    });
  if (isInNewPeriod(before, after))
    news.push({
      type: 'billing.renewed',
      data: { ...saidOf(after), periodEnd: after.periodEnd.toISOString() },
    });
  return news;
}

function change(before: Subscription, after: Subscription, now: Date): News[] {
  if (isSame(before, after) && isSame(before.next, after.next)) return [];
  // What waited for its period has come with it, and was told when it was chosen.
  const hasCome = isInNewPeriod(before, after) && isSame(before.next ?? before, after);
  if ((hasCome && after.next === null) || after.status === 'canceled') return [];
  const startsAt = after.next === null ? now : after.periodEnd;
  return [
    {
      type: 'billing.plan_changed',
      data: { ...saidOf(after.next ?? after), startsAt: startsAt.toISOString() },
    },
  ];
}

function cancellation(before: Subscription, after: Subscription): News[] {
  if (before.endsWithPeriod === after.endsWithPeriod) return [];
  if (!after.endsWithPeriod) return [{ type: 'billing.cancellation_withdrawn', data: {} }];
  const endsAt = (after.canceledAt ?? after.periodEnd).toISOString();
  return [{ type: 'billing.cancellation_asked', data: { endsAt } }];
}

function isInNewPeriod(before: Subscription, after: Subscription): boolean {
  return after.status !== 'canceled' && before.periodEnd.getTime() !== after.periodEnd.getTime();
}

function isSame(one: Choice | null, other: Choice | null): boolean {
  return JSON.stringify(one && saidOf(one)) === JSON.stringify(other && saidOf(other));
}

function saidOf({ plan, interval, seats }: Choice): Record<string, unknown> {
  return { planId: plan.id, interval, seats };
}
