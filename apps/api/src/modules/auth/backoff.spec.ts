import { OF_ACCOUNT, OF_CLIENT, waitAfter } from './backoff.js';

const last = new Date('2026-01-01T00:00:00Z');
const after = (ms: number) => new Date(last.getTime() + ms);

describe('the wait after failures', () => {
  it.each([
    [0, 0],
    [4, 0],
    [5, 1_000],
    [6, 2_000],
    [9, 16_000],
    [10, 30_000],
    [10_000, 30_000],
  ])('of an account after %i is %i ms', (failures, wait) => {
    expect(waitAfter(OF_ACCOUNT, failures, last, last)).toBe(wait);
  });

  it('runs from the last failure', () => {
    expect(waitAfter(OF_ACCOUNT, 7, last, after(1_500))).toBe(2_500);
    expect(waitAfter(OF_ACCOUNT, 7, last, after(4_000))).toBe(0);
    expect(waitAfter(OF_ACCOUNT, 7, null, last)).toBe(0);
  });

  it('of a client grows to a quarter of an hour', () => {
    expect(waitAfter(OF_CLIENT, 49, last, last)).toBe(0);
    expect(waitAfter(OF_CLIENT, 200, last, last)).toBe(15 * 60_000);
  });
});
