import {
  cycleIn,
  misplacedFolders,
  silencedChecks,
  unusedHandleEntries,
} from './checks/allow-lists.js';
import { houseRules, repository } from './checks/house.js';

describe('the map of the house', () => {
  it('places every folder of core and every room, and no other', () => {
    expect(misplacedFolders(repository)).toEqual([]);
  });

  it('leads nowhere in a circle', () => {
    expect(cycleIn(houseRules().layers)).toBeUndefined();
    expect(cycleIn(houseRules().rooms)).toBeUndefined();
  });

  it('finds a circle when there is one', () => {
    expect(cycleIn({ a: ['b'], b: ['c'], c: ['b'] })).toEqual(['b', 'c', 'b']);
  });
});

describe('the list of those who may reach across organizations', () => {
  it('has a reason a line and no line that nothing needs', () => {
    expect(unusedHandleEntries(repository)).toEqual([]);
  });
});

describe('the checks', () => {
  it('are turned off by no comment', () => {
    expect(silencedChecks(repository)).toEqual([]);
  });
});
