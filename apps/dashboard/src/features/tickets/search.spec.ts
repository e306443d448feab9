import { toTicketQuery, toTicketSearch, viewOf } from './search.js';

describe('the search of the queue', () => {
  it('takes out of an address what it understands and nothing else', () => {
    expect(
      toTicketSearch({ status: 'open', priority: 'bogus', q: '  ', sort: 'createdAt', evil: '1' }),
    ).toEqual({ status: 'open', sort: 'createdAt' });
  });

  it('asks the API in its own words', () => {
    expect(toTicketQuery({ status: 'open', assignee: 'me', requester: 'r', q: 'a b' })).toEqual({
      status: 'open',
      assigneeId: 'me',
      requesterId: 'r',
      subject: 'a b',
    });
  });

  it('knows which view it is looking at', () => {
    expect(viewOf({ status: 'open', assignee: 'none', priority: 'low' })).toBe('unassigned');
    expect(viewOf({})).toBe('all');
    expect(viewOf({ status: 'on_hold' })).toBe('search');
    expect(viewOf({ status: 'open', requester: 'r' })).toBe('search');
  });
});
