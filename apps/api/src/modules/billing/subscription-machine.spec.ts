import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shareOf } from './money.js';
import { after, DAY, periodEnd, plusDays, type Interval } from './periods.js';
import {
  accessOf,
  advance,
  begin,
  choose,
  endWithPeriod,
  nextLook,
  owing,
  sumOf,
  type Choice,
  type Priced,
  type Subscription,
} from './subscription-machine.js';

const plan = (id: string, month: number): Priced => ({
  ...{ id, version: 1, currency: 'EUR' },
  price: { month, year: month * 10 },
});
const TEAM = plan('team', 3000);
const BUSINESS = plan('business', 6000);
const take = (seats = 2, interval: Interval = 'month', of = TEAM): Choice => ({
  ...{ plan: of, interval, seats },
});
const at = (text: string): Date => new Date(`${text}T00:00:00Z`);
const START = at('2026-01-31');

const choices = fc.record({
  plan: fc.constantFrom(TEAM, BUSINESS),
  interval: fc.constantFrom<Interval>('month', 'year'),
  seats: fc.integer({ min: 1, max: 50 }),
});
const days = fc.integer({ min: 0, max: 400 });

describe('periods', () => {
  it('keep the day of the month where there is one', () => {
    const ends = [1, 2, 3, 13].map((count) => after(START, 'month', count).toISOString());
    expect(ends.map((end) => end.slice(0, 10))).toEqual([
      ...['2026-02-28', '2026-03-31', '2026-04-30', '2027-02-28'],
    ]);
    expect(after(at('2028-02-29'), 'year', 1)).toEqual(at('2029-02-28'));
    expect(periodEnd(START, 'month', at('2026-02-28'))).toEqual(at('2026-03-31'));
  });
});

describe('shares of an amount', () => {
  it('are rounded to the nearest, halves away from zero, and never through a float', () => {
    expect([shareOf(1, 1, 2), shareOf(-1, 1, 2), shareOf(1, 1, 3), shareOf(100, 2, 3)]).toEqual([
      ...[1, -1, 0, 67],
    ]);
    expect(shareOf(999_999_999_999, 31_535_999_999, 31_536_000_000)).toBe(999_999_999_967);
  });
});

describe('a subscription', () => {
  it('tries, is billed when the trial ends, and with each period', () => {
    const { subscription, bills } = begin(take(), 14, START);
    expect([subscription.status, bills]).toEqual(['trialing', []]);
    expect(advance(subscription, plusDays(START, 13)).bills).toEqual([]);
    const later = advance(subscription, plusDays(START, 14 + 31));
    expect(later.subscription.status).toBe('active');
    expect(later.bills.map(sumOf)).toEqual([6000, 6000]);
    expect(later.subscription.periodStart).toEqual(at('2026-03-14'));
  });

  it('takes its course when it is not paid, and is back with the payment', () => {
    const { subscription } = begin(take(), 0, START);
    const owed = plusDays(START, 14);
    const seen = [13, 14, 21, 28, 44].map((day) => {
      const now = plusDays(START, day);
      return owing(subscription, owed, now).subscription.status;
    });
    expect(seen).toEqual(['active', 'past_due', 'grace', 'read_only', 'suspended']);
    const now = plusDays(START, 100);
    const halted = owing(subscription, owed, now);
    // Nobody is billed for a time in which they could only read.
    expect(halted.bills).toEqual(
      [[expect.objectContaining({ kind: 'period', from: at('2026-02-28') })]].slice(
        0,
        halted.bills.length,
      ),
    );
    const back = owing(halted.subscription, null, now);
    expect(back.subscription).toMatchObject({ status: 'active', periodStart: now });
    expect(back.bills.map(sumOf)).toEqual([6000]);
  });

  it('bills the rest of the period for more, and waits with less', () => {
    const { subscription } = begin(take(), 0, at('2026-04-01'));
    const half = at('2026-04-16');
    const more = choose(subscription, take(4), half);
    expect([more.subscription.seats, more.bills.map(sumOf)]).toEqual([4, [3000]]);
    const less = choose(subscription, take(1), half);
    expect([less.subscription.seats, less.bills]).toEqual([2, []]);
    const next = advance(less.subscription, at('2026-05-01'));
    expect([next.subscription.seats, next.bills.map(sumOf)]).toEqual([1, [3000]]);
    const yearly = choose(subscription, take(2, 'year'), half);
    expect(yearly.bills.map(sumOf)).toEqual([60_000 - 3000]);
    expect(yearly.subscription).toMatchObject({ periodStart: half, periodEnd: at('2027-04-16') });
  });

  it('ends with its period, reads from then on, and can stay until then', () => {
    const { subscription } = begin(take(), 0, START);
    const ending = endWithPeriod(subscription, true, START);
    expect(advance(ending, at('2026-02-27')).subscription.status).toBe('active');
    const over = advance(ending, at('2026-03-05')).subscription;
    expect([over.status, accessOf(over.status), over.canceledAt, nextLook(over)]).toEqual([
      ...['canceled', 'read_only', at('2026-02-28'), null],
    ]);
    const staying = endWithPeriod(ending, false, START);
    expect(advance(staying, at('2026-03-05')).subscription.status).toBe('active');
  });

  it('is the same whether time is looked at once or often', () => {
    fc.assert(
      fc.property(choices, days, days, days, fc.option(days), (choice, trial, a, b, owed) => {
        const { subscription } = begin(choice, trial % 30, START);
        const owedSince = owed === null ? null : plusDays(START, owed);
        const first: Subscription = { ...subscription, owedSince };
        const [one, two] = [plusDays(START, Math.min(a, b)), plusDays(START, Math.max(a, b))];
        const step = advance(first, one);
        const then = advance(step.subscription, two);
        const once = advance(first, two);
        expect(then.subscription).toEqual(once.subscription);
        expect([...step.bills, ...then.bills]).toEqual(once.bills);
      }),
      { numRuns: 1000 },
    );
  });

  it('changes at no other time than the one that it names', () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(choices, days, fc.option(days), (choice, a, owed) => {
        const { subscription } = begin(choice, 0, START);
        const owedSince = owed === null ? null : plusDays(START, owed);
        const now = plusDays(START, a);
        const known = advance({ ...subscription, owedSince }, now).subscription;
        const look = nextLook(known);
        const until = look === null ? plusDays(now, 5000) : new Date(look.getTime() - 1);
        const same = until > now ? advance(known, until) : { subscription: known, bills: [] };
        expect(same).toEqual({ subscription: known, bills: [] });
        const isOther = look === null || advance(known, look).subscription.status !== known.status;
        const isLater =
          look !== null && advance(known, look).subscription.periodEnd > known.periodEnd;
        expect(isOther || isLater).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('never bills below zero, nor more for a change than the dearer choice costs', () => {
    fc.assert(
      fc.property(choices, choices, days, (first, second, day) => {
        const { subscription } = begin(first, 0, START);
        const now = new Date(START.getTime() + (day % 28) * DAY + 12_345);
        for (const bill of choose(subscription, second, now).bills) {
          expect(sumOf(bill)).toBeGreaterThan(0);
          expect(sumOf(bill)).toBeLessThanOrEqual(
            second.plan.price[second.interval] * second.seats,
          );
        }
      }),
      { numRuns: 1000 },
    );
  });
});
