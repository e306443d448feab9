import type { Subscription } from './types.js';

/** Something about the plan that whoever pays for it should know before it happens, or now that it has. */
export interface Standing {
  kind: 'trial' | 'ending' | 'due' | 'grace' | 'readOnly' | 'suspended' | 'ended';
  /** When the next thing happens; null when nothing does by itself. */
  at: string | null;
}

const day = 24 * 3_600_000;
/** What is still further away is told on the page of the plan alone. */
const soon = 7 * day;

/** What is to be told now; null when all is as usual. */
export function standingOf(subscription: Subscription, now: number): Standing | null {
  const { status, trialEndsAt, periodEnd, endsWithPeriod } = subscription;
  const { readOnlyFrom, suspendedFrom } = subscription;
  const isSoon = (at: string) => Date.parse(at) - now <= soon;
  if (status === 'canceled') return { kind: 'ended', at: null };
  if (status === 'suspended') return { kind: 'suspended', at: null };
  if (status === 'read_only') return { kind: 'readOnly', at: suspendedFrom };
  if (status === 'grace') return { kind: 'grace', at: readOnlyFrom };
  if (status === 'past_due') return { kind: 'due', at: readOnlyFrom };
  if (endsWithPeriod) return isSoon(periodEnd) ? { kind: 'ending', at: periodEnd } : null;
  if (status === 'trialing' && trialEndsAt && isSoon(trialEndsAt))
    return { kind: 'trial', at: trialEndsAt };
  return null;
}
