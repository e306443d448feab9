import { repository } from './checks/house.js';
import { foreignQueries, homelessDomains, ownedThings } from './checks/table-owners.js';

describe('a table is queried only in the room that owns it', () => {
  it('knows the owner of every table', () => {
    const { tables, delegates } = ownedThings(repository);
    expect(tables.get('tickets')).toBe('tickets');
    expect(delegates.get('inboundMail')).toBe('inbound_mails');
    expect(tables.size).toBe(delegates.size);
    expect(homelessDomains(repository)).toEqual([]);
  });

  it('finds nobody who asks another room’s table behind its back', () => {
    expect(foreignQueries(repository)).toEqual([]);
  });
});
