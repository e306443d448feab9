import {
  choicesOf,
  kindOf,
  type TicketCondition,
  type TicketConditions,
} from './ticket-conditions.js';
import type { TicketFilter } from './ticket-list-filter.js';
import type { TicketSort } from './ticket-terms.js';

/** A value of a column: where tickets lie in the order of a page. */
export interface Walk {
  column: string;
  value: string;
}

/** Fields by whose values tickets lie in order, the narrower first, and the orders in which they do. */
const LIES_BY: { field: string; column: string; sorts: string[] }[] = [
  { field: 'status', column: 't.status', sorts: ['updatedAt', 'createdAt'] },
  { field: 'priority', column: 't.priority', sorts: ['updatedAt'] },
];

/**
 * "Open or pending" is no place in an index: the server reads all that is open or pending and sorts it, however short
 * the page. Each value by itself is one, in the order of the page. So a choice that every row must meet is taken out
 * of the filter to be walked value by value; `others` is what is left of it. There is nothing to walk (`walks` is
 * empty) where something narrower is asked as well, which the server then starts from. A second choice is not taken
 * out with the first: twice as many walks, each of them over twice as much that does not fit, took longer.
 */
export function choiceToWalk(
  filter: TicketFilter,
  sort: TicketSort,
): { walks: Walk[]; others: TicketFilter } {
  const none = { walks: [], others: filter };
  if (filter.status ?? filter.stateId ?? filter.number ?? filter.tag ?? filter.subject) return none;
  if (filter.assigneeId || filter.teamId || filter.requesterId || filter.companyId) return none;
  const asked = [...musts(filter.conditions), ...musts(filter.viewConditions)];
  if (asked.some(isNarrow)) return none;
  for (const { field, column, sorts } of LIES_BY) {
    const condition = asked.find((each) => each.field === field);
    if (!condition || !sorts.includes(sort.replace('-', ''))) continue;
    const values = choicesOf(condition);
    if (values.length < 2) return none;
    const { conditions, viewConditions } = filter;
    const others = {
      ...filter,
      ...(conditions && { conditions: without(conditions, condition) }),
      ...(viewConditions && { viewConditions: without(viewConditions, condition) }),
    };
    return { walks: values.map((value) => ({ column, value })), others };
  }
  return none;
}

/** The conditions that every row must meet. */
function musts(conditions: TicketConditions | undefined): TicketCondition[] {
  if (!conditions || !('all' in conditions)) return [];
  return conditions.all.filter((item) => 'field' in item);
}

function without(conditions: TicketConditions, condition: TicketCondition): TicketConditions {
  if (!('all' in conditions)) return conditions;
  return { all: conditions.all.filter((item) => item !== condition) };
}

/** Few have it: that value of an id, that tag, that value of a custom field, that word. */
function isNarrow({ field, operator }: TicketCondition): boolean {
  const isNegative = operator.startsWith('not_') || operator === 'is_not';
  if (isNegative || operator === 'is_empty' || operator === 'is_not_empty') return false;
  return ['id', 'tag', 'words', 'custom'].includes(kindOf(field)?.kind ?? '');
}
