import type { SavedView } from '../../api/desk-types.js';
import { conditionsOf, finished } from './conditions.js';

const view = (conditions: SavedView['conditions']) => ({ conditions }) as SavedView;
const urgent = { field: 'priority', operator: 'is', value: 'urgent' };
const open = { field: 'status', operator: 'is', value: 'open' };

describe('what a list shows, as conditions', () => {
  it('says the same as the search', () => {
    expect(conditionsOf({ status: 'open', assignee: 'none', q: 'pump' })).toEqual({
      all: [
        open,
        { field: 'assigneeId', operator: 'is_empty' },
        { field: 'subject', operator: 'contains', value: 'pump' },
      ],
    });
  });

  it('narrows a view by what is searched in it', () => {
    const search = { view: 'v', priority: 'urgent' } as const;
    expect(conditionsOf(search, view({ all: [open] }))).toEqual({ all: [open, urgent] });
    expect(conditionsOf(search, view({ any: [open] }))).toEqual({ all: [{ any: [open] }, urgent] });
  });

  it('admits what conditions cannot say', () => {
    const search = { view: 'v', priority: 'urgent' } as const;
    expect(conditionsOf(search)).toBeNull();
    expect(conditionsOf(search, view({ any: [{ all: [open] }] }))).toBeNull();
  });

  it('leaves out what is not finished', () => {
    const blank = { field: 'tag', operator: 'contains', value: '' };
    expect(finished({ all: [open, blank, { any: [blank] }] })).toEqual({ all: [open] });
  });
});
