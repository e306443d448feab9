import { describe, expect, it } from '@jest/globals';
import { Clock } from '../context/clock.js';
import { WINDOW, type Quota } from './counters.js';
import { MemoryCounters } from './memory-counters.js';

class HandClock extends Clock {
  at = 1_000_000;

  now(): Date {
    return new Date(this.at);
  }
}

const CALLER: Quota = { policy: 'caller', key: 'caller', limit: 3 };
const ORGANIZATION: Quota = { policy: 'organization', key: 'organization', limit: 5 };

describe('counts in memory', () => {
  const clock = new HandClock();
  const fresh = (): ((quotas: Quota[], cost?: number) => boolean) => {
    const counters = new MemoryCounters(clock);
    return (quotas, cost = 1) => counters.take(quotas, cost).refusal === null;
  };

  it('let the last one pass and not the next, in each window anew', () => {
    const take = fresh();
    const five = (): boolean[] => Array.from({ length: 5 }, () => take([CALLER]));
    expect(five()).toEqual([true, true, true, false, false]);
    clock.at += WINDOW - 1;
    expect(take([CALLER])).toBe(false);
    clock.at += 1;
    expect(five()).toEqual([true, true, true, false, false]);
  });

  it('take from all or from none', () => {
    const take = fresh();
    for (let n = 0; n < 10; n += 1) take([CALLER, ORGANIZATION]);
    expect([take([ORGANIZATION], 3), take([ORGANIZATION], 2), take([ORGANIZATION])]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('take what costs more than there can be for all that there can be', () => {
    const take = fresh();
    expect([take([CALLER], 20), take([CALLER], 20)]).toEqual([true, false]);
    clock.at += WINDOW;
    expect([take([CALLER]), take([CALLER], 20)]).toEqual([true, false]);
  });

  it('say of a window once that something was refused', () => {
    const counters = new MemoryCounters(clock);
    const first = (): boolean => counters.take([CALLER], 3).isFirstRefusal;
    expect([first(), first(), first()]).toEqual([false, true, false]);
    clock.at += WINDOW;
    expect([first(), first(), first()]).toEqual([false, true, false]);
  });

  it('are not held up by a clock that is set back', () => {
    const take = fresh();
    expect([take([CALLER], 3), take([CALLER])]).toEqual([true, false]);
    clock.at -= 3_600_000;
    expect(take([CALLER])).toBe(true);
  });

  it('are none where nothing is limited', () => {
    expect(new MemoryCounters(clock).take([], 20)).toEqual({
      standings: [],
      refusal: null,
      isFirstRefusal: false,
    });
  });
});
