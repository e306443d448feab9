import { dayIn, money, storage } from './format.js';
import { standingOf } from './standing.js';
import type { Subscription } from './types.js';

const now = Date.parse('2026-05-01T12:00:00Z');
const inDays = (days: number) => new Date(now + days * 24 * 3_600_000).toISOString();
const paid = {
  status: 'active',
  trialEndsAt: null,
  periodEnd: inDays(20),
  endsWithPeriod: false,
  readOnlyFrom: null,
  suspendedFrom: null,
} as Subscription;

describe('what is told of a plan', () => {
  it('is nothing while it is paid for, or while it is tried for long yet', () => {
    expect(standingOf(paid, now)).toBeNull();
    const tried = { ...paid, status: 'trialing', trialEndsAt: inDays(8) } as Subscription;
    expect(standingOf(tried, now)).toBeNull();
  });

  it('is the end of a trial, and of a plan that was cancelled, in the week before', () => {
    const trialEndsAt = inDays(7);
    const tried = { ...paid, status: 'trialing', trialEndsAt } as Subscription;
    expect(standingOf(tried, now)).toEqual({ kind: 'trial', at: trialEndsAt });
    const cancelled = { ...tried, periodEnd: trialEndsAt, endsWithPeriod: true };
    expect(standingOf(cancelled, now)).toEqual({ kind: 'ending', at: trialEndsAt });
    expect(standingOf({ ...paid, endsWithPeriod: true }, now)).toBeNull();
  });

  it('is what follows when nobody pays', () => {
    const owed = { ...paid, readOnlyFrom: inDays(9), suspendedFrom: inDays(25) };
    const kinds = (['past_due', 'grace', 'read_only', 'suspended', 'canceled'] as const).map(
      (status) => standingOf({ ...owed, status }, now),
    );
    expect(kinds).toEqual([
      { kind: 'due', at: owed.readOnlyFrom },
      { kind: 'grace', at: owed.readOnlyFrom },
      { kind: 'readOnly', at: owed.suspendedFrom },
      { kind: 'suspended', at: null },
      { kind: 'ended', at: null },
    ]);
  });
});

describe('the numbers of a plan', () => {
  it('are money of the currency, whatever its smallest unit is', () => {
    expect(money(123_450, 'EUR', 'en')).toBe('€1,234.50');
    expect(money(1234, 'JPY', 'en')).toBe('¥1,234');
    expect(money(-1500, 'KWD', 'en').replaceAll(/\s/g, ' ')).toBe('-KWD 1.500');
  });

  it('are storage as plans are sold', () => {
    expect(storage(5 * 1024 ** 3, 'en')).toBe('5 GB');
    expect(storage(1_600_000, 'en')).toBe('1.5 MB');
    expect(storage(0, 'en')).toBe('0 bytes');
    expect(storage(1023, 'en')).toBe('1,023 bytes');
  });

  it('are days where the organization is', () => {
    const late = '2026-05-31T22:30:00Z';
    expect(dayIn(late, 'en-GB', 'Europe/Berlin')).toBe('1 June 2026');
    expect(dayIn(late, 'en-GB', 'America/New_York')).toBe('31 May 2026');
  });
});
