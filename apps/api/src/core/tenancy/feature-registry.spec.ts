import { randomUUID } from 'node:crypto';
import { isInShare } from './feature-registry.js';

const organizations = Array.from({ length: 4_000 }, () => randomUUID());
const shareOf = (feature: string, percentage: number): Set<string> =>
  new Set(organizations.filter((id) => isInShare(feature, id, percentage)));

describe('the share of a feature', () => {
  it('is none at 0 and all at 100', () => {
    expect(shareOf('mcp', 0).size).toBe(0);
    expect(shareOf('mcp', 100).size).toBe(organizations.length);
  });

  it('is about as large as it is said to be', () => {
    for (const percentage of [5, 25, 50, 90]) {
      const part = (shareOf('mcp', percentage).size / organizations.length) * 100;
      expect(Math.abs(part - percentage)).toBeLessThan(4);
    }
  });

  it('only gains organizations when it grows', () => {
    let before = new Set<string>();
    for (let percentage = 0; percentage <= 100; percentage += 1) {
      const now = shareOf('mcp', percentage);
      expect([...before].filter((id) => !now.has(id))).toEqual([]);
      before = now;
    }
  });

  it('is another one for another feature', () => {
    const [one, two] = [shareOf('mcp', 50), shareOf('presence', 50)];
    const both = [...one].filter((id) => two.has(id)).length / organizations.length;
    expect(Math.abs(both - 0.25)).toBeLessThan(0.05);
  });
});
