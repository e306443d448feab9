import { repository } from './checks/house.js';
import { untruths } from './checks/papers.js';

describe('docs/architecture.md', () => {
  it('tells the truth, on one screen', () => {
    expect(untruths(repository)).toEqual([]);
  });
});
