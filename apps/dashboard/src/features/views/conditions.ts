import type {
  Condition,
  ConditionOrGroup,
  Conditions,
  CustomField,
  SavedView,
} from '../../api/desk-types.js';
import type { TicketSearch } from '../tickets/search.js';

/** How the value of a condition is chosen. */
export type ValueKind =
  | 'status'
  | 'priority'
  | 'type'
  | 'channel'
  | 'state'
  | 'person'
  | 'team'
  | 'customer'
  | 'company'
  | 'time'
  | 'day'
  | 'flag'
  | 'tag'
  | 'words'
  | 'number'
  | 'options';

const compared = ['is', 'is_not', 'in', 'not_in'];
const emptiness = ['is_empty', 'is_not_empty'];

/** What a ticket is asked about, in the order in which it is offered, with the operators that fit. */
export const fields: Record<string, { kind: ValueKind; operators: string[] }> = {
  status: { kind: 'status', operators: compared },
  stateId: { kind: 'state', operators: compared },
  priority: { kind: 'priority', operators: compared },
  type: { kind: 'type', operators: [...compared, ...emptiness] },
  assigneeId: { kind: 'person', operators: [...compared, ...emptiness] },
  teamId: { kind: 'team', operators: [...compared, ...emptiness] },
  requesterId: { kind: 'customer', operators: ['is', 'is_not'] },
  companyId: { kind: 'company', operators: ['is', 'is_not', ...emptiness] },
  tag: { kind: 'tag', operators: ['contains', 'is_not', 'in', 'not_in', ...emptiness] },
  channel: { kind: 'channel', operators: compared },
  subject: { kind: 'words', operators: ['contains'] },
  createdAt: { kind: 'time', operators: ['after', 'before'] },
  updatedAt: { kind: 'time', operators: ['after', 'before'] },
  lastMessageAt: { kind: 'time', operators: ['after', 'before'] },
  closedAt: { kind: 'time', operators: ['after', 'before', ...emptiness] },
  snoozed: { kind: 'flag', operators: ['is'] },
  merged: { kind: 'flag', operators: ['is'] },
};

const ofCustomField: Record<CustomField['kind'], { kind: ValueKind; operators: string[] }> = {
  text: { kind: 'words', operators: ['is', 'is_not', ...emptiness] },
  number: { kind: 'number', operators: ['is', 'less', 'greater', ...emptiness] },
  date: { kind: 'day', operators: ['is', 'before', 'after', ...emptiness] },
  select: { kind: 'options', operators: [...compared, ...emptiness] },
  multi_select: { kind: 'options', operators: ['contains', ...emptiness] },
  checkbox: { kind: 'flag', operators: ['is'] },
};

/** How a field is asked about; undefined for one that is no more. */
export function askedAs(field: string, own: CustomField[]) {
  if (!field.startsWith('fields.')) return fields[field];
  const found = own.find(({ key }) => `fields.${key}` === field);
  return found && ofCustomField[found.kind];
}

/** True for the operators that say all without a value. */
export const sayAll = (operator: string) => emptiness.includes(operator);
/** True for the operators that take several values. */
export const takeMany = (operator: string) => operator === 'in' || operator === 'not_in';

const firstValues: Partial<Record<ValueKind, unknown>> = {
  status: 'open',
  priority: 'urgent',
  type: 'question',
  channel: 'email',
  person: 'me',
  team: 'mine',
  time: '-7d',
  flag: true,
};

/** A condition to begin with. */
export function beginning(field: string, own: CustomField[], operator?: string): Condition {
  const asked = askedAs(field, own) ?? fields.status!;
  const chosen = operator ?? asked.operators[0]!;
  if (sayAll(chosen)) return { field, operator: chosen };
  const first = firstValues[asked.kind] ?? '';
  return {
    field,
    operator: chosen,
    value: takeMany(chosen) ? (first === '' ? [] : [first]) : first,
  };
}

/** True when nothing is left to say. */
function isComplete({ operator, value }: Condition): boolean {
  if (sayAll(operator)) return true;
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== '';
}

export const isGroup = (
  item: ConditionOrGroup,
): item is { all: Condition[] } | { any: Condition[] } => 'all' in item || 'any' in item;

/** The items of a group, and whether all of them must hold. */
export function opened<T>(group: { all: T[] } | { any: T[] }): { all: boolean; items: T[] } {
  return 'all' in group ? { all: true, items: group.all } : { all: false, items: group.any };
}

/** The other way round. */
export function closed<T>(all: boolean, items: T[]): { all: T[] } | { any: T[] } {
  return all ? { all: items } : { any: items };
}

/** The conditions without those that are not finished; a group that is empty then is left out too. */
export function finished(conditions: Conditions): Conditions {
  const { all, items } = opened<ConditionOrGroup>(conditions);
  const left = items.flatMap((item): ConditionOrGroup[] => {
    if (!isGroup(item)) return isComplete(item) ? [item] : [];
    const group = opened<Condition>(item);
    const kept = group.items.filter(isComplete);
    return kept.length > 0 ? [closed(group.all, kept)] : [];
  });
  return closed(all, left);
}

/** The same list as conditions, for what takes no search; null when they cannot say it. */
export function conditionsOf(search: TicketSearch, view?: SavedView): Conditions | null {
  const said: ConditionOrGroup[] = plain(search);
  const kept = search.conditions ? parsed(search.conditions) : view?.conditions;
  if (search.view && !view) return null;
  if (!kept) return { all: said };
  if ('all' in kept) return { all: [...kept.all, ...said] };
  if (said.length === 0) return kept;
  // Groups nest once: what holds groups itself cannot be put into another one.
  if (kept.any.some(isGroup)) return null;
  return { all: [{ any: kept.any as Condition[] }, ...said] };
}

function parsed(text: string): Conditions | undefined {
  try {
    return JSON.parse(text) as Conditions;
  } catch {
    return undefined;
  }
}

function plain(search: TicketSearch): Condition[] {
  const is = (field: string, value: string | undefined): Condition[] => {
    if (value === undefined) return [];
    return value === 'none'
      ? [{ field, operator: 'is_empty' }]
      : [{ field, operator: 'is', value }];
  };
  return [
    ...is('status', search.status),
    ...is('assigneeId', search.assignee),
    ...is('priority', search.priority),
    ...is('requesterId', search.requester),
    ...is('companyId', search.company),
    ...is('teamId', search.team),
    ...(search.tag ? [{ field: 'tag', operator: 'contains', value: search.tag }] : []),
    ...(search.q ? [{ field: 'subject', operator: 'contains', value: search.q }] : []),
  ];
}
