import { describe, expect, it } from '@jest/globals';
import type Stripe from 'stripe';
import { readSnapshot } from './stripe-reading.js';
import { taxIdOf } from './tax-id.js';

const START = 1_800_000_000;
const END = START + 2_592_000;

function subscription(says: object = {}): Stripe.Subscription {
  const price = {
    metadata: { plan_id: 'team', plan_version: '2' },
    recurring: { interval: 'month' },
  };
  const item = { price, quantity: 3, current_period_start: START, current_period_end: END };
  return {
    ...{ id: 'sub_1', status: 'active', created: START, billing_cycle_anchor: START },
    ...{ trial_end: null, cancel_at: null, cancel_at_period_end: false, schedule: null },
    ...{ ended_at: null, canceled_at: null, items: { data: [item] } },
    ...says,
  } as unknown as Stripe.Subscription;
}

function invoice(says: object = {}): Stripe.Invoice {
  return {
    ...{ status: 'open', attempted: true, due_date: null, created: START },
    status_transitions: { finalized_at: START + 60 },
    parent: { subscription_details: { subscription: 'sub_1' } },
    ...says,
  } as unknown as Stripe.Invoice;
}

const read = (
  subscriptions: Stripe.Subscription[],
  invoices: Stripe.Invoice[] = [],
): ReturnType<typeof readSnapshot> => readSnapshot({ subscriptions, invoices });

function owedSince(status: string, ...open: Stripe.Invoice[]): number | null {
  const since = read([subscription({ status })], open)!.facts.owedSince;
  return since && since.getTime() / 1000;
}

describe('what a customer has', () => {
  it('is the newest plan that lives, and else the one that ended last', () => {
    const older = subscription({ id: 'sub_0', created: START - 5 });
    const ended = subscription({ id: 'sub_2', status: 'canceled', ended_at: END });
    const before = { ...ended, id: 'sub_3', ended_at: END - 5 } as Stripe.Subscription;
    expect(read([older, subscription(), ended])).toMatchObject({
      subscription: { id: 'sub_1' },
      living: 2,
      facts: { planId: 'team', planVersion: 2, seats: 3, interval: 'month', canceledAt: null },
    });
    expect(read([before, ended])).toMatchObject({
      subscription: { id: 'sub_2' },
      facts: { canceledAt: new Date(END * 1000), owedSince: null, next: null },
    });
  });

  it('is nothing when the first payment never came', () => {
    for (const status of ['incomplete', 'incomplete_expired'])
      expect(read([subscription({ status })])).toBeNull();
    expect(read([])).toBeNull();
  });

  it('is unknown when no price names a plan of ours', () => {
    const price = { metadata: { plan_id: 'team' }, recurring: { interval: 'month' } };
    expect(() => read([subscription({ items: { data: [{ price }] } })])).toThrow(
      'the price of sub_1 names no plan in its metadata',
    );
  });
});

describe('what is owed', () => {
  it('is a payment that failed, or an invoice that was sent; the oldest counts', () => {
    expect(owedSince('past_due', invoice())).toBe(START + 60);
    expect(owedSince('active', invoice({ attempted: false }))).toBeNull();
    expect(owedSince('active', invoice({ attempted: false, due_date: END }))).toBe(END);
    expect(owedSince('active', invoice(), invoice({ due_date: START }))).toBe(START);
    expect(owedSince('active', invoice({ status: 'uncollectible' }))).toBeNull();
    const parent = { subscription_details: { subscription: 'sub_other' } };
    expect(owedSince('active', invoice({ parent }))).toBeNull();
  });

  it('is the period, when Stripe says that it is behind and shows nothing', () => {
    for (const status of ['past_due', 'unpaid', 'paused']) expect(owedSince(status)).toBe(START);
  });
});

describe('what comes next', () => {
  it('is a phase that was planned here, and the end when that comes with the period', () => {
    const phases = [
      { start_date: START, items: [{ quantity: 3 }], metadata: {} },
      {
        start_date: END,
        items: [{ quantity: 2 }],
        metadata: { plan_id: 'starter', plan_version: '1', interval: 'year' },
      },
    ];
    const schedule = { status: 'active', current_phase: { start_date: START }, phases };
    const next = { planId: 'starter', planVersion: 1, interval: 'year', seats: 2 };
    expect(read([subscription({ schedule })])!.facts.next).toEqual(next);
    const released = { ...schedule, status: 'released' };
    expect(read([subscription({ schedule: released })])!.facts.next).toBeNull();
    const later = { ...schedule, current_phase: { start_date: END } };
    expect(read([subscription({ schedule: later })])!.facts.next).toBeNull();
    const ends = (says: object): boolean => read([subscription(says)])!.facts.endsWithPeriod;
    expect(ends({ cancel_at_period_end: true })).toBe(true);
    expect(ends({ cancel_at: END })).toBe(true);
    expect(ends({ cancel_at: END + 1 })).toBe(false);
  });
});

describe('a tax number', () => {
  it('is of the kind that its beginning tells, and else of none', () => {
    expect(taxIdOf('de 123.456-789')).toEqual({ type: 'eu_vat', value: 'DE123456789' });
    expect(taxIdOf('GB123456789')).toEqual({ type: 'gb_vat', value: 'GB123456789' });
    for (const text of ['', 'DE1', '12-3456789', 'US123456789']) expect(taxIdOf(text)).toBeNull();
  });
});
