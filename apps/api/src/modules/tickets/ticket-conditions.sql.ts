import type { AddValue } from '#core/database/page.js';
import {
  choicesOf,
  instantOf,
  kindOf,
  type ConditionGroup,
  type ConditionValue,
  type TicketCondition,
  type TicketConditions,
} from './ticket-conditions.js';

/** For whom conditions are meant: who "me" is, and when "7 days ago" was. */
export interface Reader {
  /** Null for nobody in particular: then nothing is theirs. */
  me: string | null;
  now: Date;
}

const COLUMNS: Record<string, string> = {
  status: 't.status',
  priority: 't.priority',
  type: 't.type',
  channel: 't.channel',
  stateId: 't.state_id',
  assigneeId: 't.assignee_id',
  teamId: 't.team_id',
  requesterId: 't.requester_id',
  companyId: 't.company_id',
  createdAt: 't.created_at',
  updatedAt: 't.updated_at',
  lastMessageAt: 't.last_message_at',
  closedAt: 't.closed_at',
  snoozed: 't.snoozed_until',
  merged: 't.merged_into_id',
};

/**
 * `conditions` as one SQL expression over `tickets t`. Every value is a parameter, every name comes from here. Each
 * part is one that an index can serve under row level security: equality and order of text, uuid, time and double
 * precision are leakproof; arrays, jsonb and `numeric` are not, so tags and custom fields are asked of their rows.
 */
export function conditionsSql(conditions: TicketConditions, reader: Reader, add: AddValue): string {
  return groupSql(conditions, (item) =>
    'field' in item
      ? conditionSql(item, reader, add)
      : groupSql(item, (inner) => conditionSql(inner, reader, add)),
  );
}

/** All of none is everything; any of none is nothing. */
function groupSql<Item>(group: ConditionGroup<Item>, each: (item: Item) => string): string {
  const isAll = 'all' in group;
  const parts = (isAll ? group.all : group.any).map(each);
  if (parts.length === 0) return isAll ? 'true' : 'false';
  return parts.length === 1 ? parts[0]! : `(${parts.join(isAll ? ' and ' : ' or ')})`;
}

function conditionSql(condition: TicketCondition, reader: Reader, add: AddValue): string {
  const kind = kindOf(condition.field);
  const column = COLUMNS[condition.field];
  switch (kind?.kind) {
    case 'choice':
      return kind.optional
        ? comparedSql(condition, column!, 'text', add)
        : choiceSql(condition, column!, add);
    case 'id':
      return idSql(condition, column!, reader, add);
    case 'time':
      return timeSql(condition, column!, reader, add);
    case 'flag':
      if (condition.field === 'attachment')
        return `${condition.value === true ? '' : 'not '}exists (${WITH_FILES})`;
      return `${column} is ${condition.value === true ? 'not ' : ''}null`;
    case 'tag':
      return rowSql(condition, TAGS, 'g.tag', 'text', add);
    case 'words':
      return `t.id in (select ticket_ids_by_subject(${add(condition.value)}))`;
    case 'custom':
      return customSql(condition, reader, add);
    default:
      throw new Error(`${condition.field} is no field of a condition: it was not parsed`);
  }
}

/** Those on notes do not count: whoever may not read notes would learn of them. */
const WITH_FILES =
  "select from messages m where m.ticket_id = t.id and m.attachment_count > 0 and m.kind <> 'note'";
const TAGS = 'select from ticket_tags g where g.ticket_id = t.id';

function valuesOf({ value }: TicketCondition): ConditionValue[] {
  return Array.isArray(value) ? value : [value as ConditionValue];
}

function isNegative({ operator }: TicketCondition): boolean {
  return operator === 'is_not' || operator === 'not_in';
}

/** "Not closed" is asked as "one of the others", which an index can find. */
function choiceSql(condition: TicketCondition, column: string, add: AddValue): string {
  const wanted = choicesOf(condition);
  return wanted.length === 1
    ? `${column} = ${add(wanted[0])}`
    : `${column} = any(${add(wanted)}::text[])`;
}

function idSql(condition: TicketCondition, column: string, reader: Reader, add: AddValue): string {
  if (condition.operator.endsWith('empty')) return comparedSql(condition, column, 'uuid', add);
  const values = valuesOf(condition);
  const negative = isNegative(condition);
  const parts: string[] = [];
  if (values.includes('mine') && reader.me !== null) {
    const mine = `${column} in (select m.team_id from team_members m where m.user_id = ${add(reader.me)}::uuid)`;
    parts.push(negative ? `not coalesce(${mine}, false)` : mine);
  }
  const others = values
    .map((value) => (value === 'me' ? (reader.me ?? 'mine') : value))
    .filter((value) => value !== 'mine');
  if (others.length > 0)
    parts.push(comparedSql({ ...condition, value: others }, column, 'uuid', add));
  if (parts.length === 0) return negative ? 'true' : 'false';
  return parts.length === 1 ? parts[0]! : `(${parts.join(negative ? ' and ' : ' or ')})`;
}

/** A column that may be empty. What is not something is everything else, the empty among it. */
function comparedSql(
  condition: TicketCondition,
  column: string,
  type: 'text' | 'uuid',
  add: AddValue,
): string {
  if (condition.operator === 'is_empty') return `${column} is null`;
  if (condition.operator === 'is_not_empty') return `${column} is not null`;
  const values = valuesOf(condition);
  const some = values.filter((value) => value !== null);
  const hasNone = some.length < values.length;
  const negative = isNegative(condition);
  if (some.length === 0) return `${column} is ${negative ? 'not ' : ''}null`;
  if (negative) {
    const differs = `${column} <> all(${add(some)}::${type}[])`;
    return hasNone ? differs : `(${column} is null or ${differs})`;
  }
  const equals =
    some.length === 1
      ? `${column} = ${add(some[0])}::${type}`
      : `${column} = any(${add(some)}::${type}[])`;
  return hasNone ? `(${column} is null or ${equals})` : equals;
}

function timeSql(
  { operator, value }: TicketCondition,
  column: string,
  { now }: Reader,
  add: AddValue,
): string {
  if (operator === 'is_empty') return `${column} is null`;
  if (operator === 'is_not_empty') return `${column} is not null`;
  const instant = add(instantOf(value as string, now));
  return `${column} ${operator === 'before' ? '<' : '>='} ${instant}::timestamptz`;
}

/** Whether a row of `rows` has one of the values. `contains` is `is` for what holds several. */
function rowSql(
  condition: TicketCondition,
  rows: string,
  column: string,
  type: string,
  add: AddValue,
): string {
  if (condition.operator === 'is_empty') return `not exists (${rows})`;
  if (condition.operator === 'is_not_empty') return `exists (${rows})`;
  const values = valuesOf(condition);
  const wanted =
    values.length === 1 ? `= ${add(values[0])}::${type}` : `= any(${add(values)}::${type}[])`;
  return `${isNegative(condition) ? 'not ' : ''}exists (${rows} and ${column} ${wanted})`;
}

function customSql(condition: TicketCondition, { now }: Reader, add: AddValue): string {
  const { operator, value } = condition;
  const key = add(condition.field.slice('fields.'.length));
  const rows = `select from ticket_field_values v where v.ticket_id = t.id and v.key = ${key}`;
  if (operator === 'less' || operator === 'greater')
    return `exists (${rows} and v.number ${operator === 'less' ? '<' : '>'} ${add(value)}::double precision)`;
  if (operator === 'before' || operator === 'after') {
    // Dates are kept as ISO 8601 text, whose order is theirs.
    const day = add(instantOf(value as string, now).slice(0, 10));
    return `exists (${rows} and v.value collate "C" ${operator === 'before' ? '<' : '>='} ${day}::text)`;
  }
  // What was never ticked has no row.
  if (value === false)
    return `${isNegative(condition) ? '' : 'not '}exists (${rows} and v.value = 'true')`;
  if (!operator.endsWith('empty') && valuesOf(condition).every((one) => typeof one === 'number'))
    return rowSql(condition, rows, 'v.number', 'double precision', add);
  const texts = { ...condition, value: Array.isArray(value) ? value.map(String) : String(value) };
  return rowSql(texts, rows, 'v.value', 'text', add);
}
