import { isId } from '#core/context/ids.js';
import { isInstant } from '#core/context/instant.js';
import { ValidationFailed, type FieldProblem } from '#core/errors/domain-error.js';
import { TICKET_PRIORITIES, TICKET_STATUSES, TICKET_TYPES } from './ticket-terms.js';

/** How a condition compares. `before`, `less` and `greater` leave the value itself out; `after` takes it in. */
const CONDITION_OPERATORS = [
  'is',
  'is_not',
  'in',
  'not_in',
  'contains',
  'before',
  'after',
  'less',
  'greater',
  'is_empty',
  'is_not_empty',
] as const;

type ConditionOperator = (typeof CONDITION_OPERATORS)[number];
export type ConditionValue = string | number | boolean | null;

export interface TicketCondition {
  field: string;
  operator: ConditionOperator;
  value?: ConditionValue | ConditionValue[];
}

/** Conditions of which all hold, or any; one group may stand inside another, and no deeper. */
export type ConditionGroup<Item> = { all: Item[] } | { any: Item[] };
export type TicketConditions = ConditionGroup<TicketCondition | ConditionGroup<TicketCondition>>;

/** What a field is compared by. Which columns stand behind it is said in `ticket-conditions.sql.ts`. */
type FieldKind =
  | { kind: 'choice'; options: readonly string[]; optional?: true }
  | { kind: 'id'; word?: 'me' | 'mine'; optional?: true }
  | { kind: 'time'; optional?: true }
  | { kind: 'flag' }
  | { kind: 'tag' }
  | { kind: 'words' }
  | { kind: 'custom' };

const FIELDS: Record<string, FieldKind> = {
  status: { kind: 'choice', options: TICKET_STATUSES },
  priority: { kind: 'choice', options: TICKET_PRIORITIES },
  type: { kind: 'choice', options: TICKET_TYPES, optional: true },
  channel: { kind: 'choice', options: ['api', 'web', 'email'] },
  stateId: { kind: 'id' },
  assigneeId: { kind: 'id', word: 'me', optional: true },
  teamId: { kind: 'id', word: 'mine', optional: true },
  requesterId: { kind: 'id' },
  companyId: { kind: 'id', optional: true },
  createdAt: { kind: 'time' },
  updatedAt: { kind: 'time' },
  lastMessageAt: { kind: 'time' },
  closedAt: { kind: 'time', optional: true },
  snoozed: { kind: 'flag' },
  merged: { kind: 'flag' },
  attachment: { kind: 'flag' },
  tag: { kind: 'tag' },
  subject: { kind: 'words' },
};

const COMPARED: ConditionOperator[] = ['is', 'is_not', 'in', 'not_in'];
const EMPTY: ConditionOperator[] = ['is_empty', 'is_not_empty'];
const OPERATORS: Record<FieldKind['kind'], ConditionOperator[]> = {
  choice: COMPARED,
  id: COMPARED,
  time: ['before', 'after'],
  flag: ['is'],
  tag: [...COMPARED, 'contains', ...EMPTY],
  words: ['contains'],
  custom: [...COMPARED, 'contains', 'before', 'after', 'less', 'greater', ...EMPTY],
};

const CUSTOM_FIELD = /^fields\.[a-z][a-z0-9_]{0,49}$/;
const RELATIVE_TIME = /^-(\d{1,4})([hdw])$/;
const WITH_ZONE = /^[\d-]{10}(?:T[\d:.]+(?:Z|[+-][\d:]+))?$/;
const HOURS = { h: 1, d: 24, w: 168 };
const MOST_CONDITIONS = 20;
const MOST_VALUES = 100;
const LONGEST_VALUE = 500;

/** What `field` is compared by, or undefined when there is no such field. */
export function kindOf(field: string): FieldKind | undefined {
  if (CUSTOM_FIELD.test(field)) return { kind: 'custom' };
  return Object.hasOwn(FIELDS, field) ? FIELDS[field] : undefined;
}

/** The values of which a choice without "none" takes one: "not closed" is one of the others. */
export function choicesOf({ field, operator, value }: TicketCondition): readonly string[] {
  const kind = kindOf(field);
  if (kind?.kind !== 'choice') return [];
  const named = (Array.isArray(value) ? value : [value]) as string[];
  const isNegative = operator === 'is_not' || operator === 'not_in';
  return kind.options.filter((option) => named.includes(option) !== isNegative);
}

/** The instant that `text` names: an ISO 8601 date or time, or so long before `now` ("-7d", "-12h", "-2w"). */
export function instantOf(text: string, now: Date): string {
  const relative = RELATIVE_TIME.exec(text);
  if (!relative) return new Date(text).toISOString();
  const hours = Number(relative[1]) * HOURS[relative[2] as keyof typeof HOURS];
  return new Date(now.getTime() - hours * 3_600_000).toISOString();
}

/** Reads conditions out of the text of a query. Throws {@link ValidationFailed}. */
export function conditionsOfText(text: string): TicketConditions {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ValidationFailed([
      { field: 'conditions', problem: 'must be JSON, such as {"all":[…]}' },
    ]);
  }
  return parseConditions(value);
}

/** `value` as conditions and nothing else besides. Throws {@link ValidationFailed} naming each place that is wrong. */
export function parseConditions(value: unknown): TicketConditions {
  const reader = new ConditionReader();
  const conditions = reader.group(value, 'conditions', true);
  if (reader.problems.length > 0 || !conditions) throw new ValidationFailed(reader.problems);
  return conditions as TicketConditions;
}

/** Reads once through, noting what is wrong where. */
class ConditionReader {
  readonly problems: FieldProblem[] = [];
  #count = 0;
  #groups = 0;

  group(value: unknown, place: string, mayNest: boolean): ConditionGroup<unknown> | undefined {
    const entries = isObject(value) ? Object.entries(value) : [];
    const [word, items] = entries[0] ?? [];
    if (entries.length !== 1 || (word !== 'all' && word !== 'any') || !Array.isArray(items)) {
      this.#wrong(place, 'must be {"all": […]} or {"any": […]}');
      return undefined;
    }
    if (!mayNest) this.#groups += 1;
    if (this.#groups > MOST_CONDITIONS) {
      this.#wrong(place, `is one too many: there may be ${MOST_CONDITIONS} groups`);
      return undefined;
    }
    const read = items.map((item: unknown, at) =>
      this.#item(item, `${place}.${word}.${at}`, mayNest),
    );
    return (word === 'all' ? { all: read } : { any: read }) as ConditionGroup<unknown>;
  }

  #item(item: unknown, place: string, mayNest: boolean): unknown {
    if (!isObject(item)) return this.#wrong(place, 'must be a condition or a group of them');
    if (!('all' in item) && !('any' in item)) return this.#condition(item, place);
    if (mayNest) return this.group(item, place, false);
    return this.#wrong(place, 'is a group in a group in a group: groups nest once');
  }

  #condition(item: Record<string, unknown>, place: string): TicketCondition | undefined {
    this.#count += 1;
    if (this.#count === MOST_CONDITIONS + 1)
      this.#wrong(place, `is one too many: there may be ${MOST_CONDITIONS} conditions`);
    const { field, operator, value, ...unknown } = item;
    const [strange] = Object.keys(unknown);
    if (strange !== undefined)
      return this.#wrong(place, `has an unknown key, ${strange.slice(0, 50)}`);
    const kind = typeof field === 'string' ? kindOf(field) : undefined;
    if (!kind)
      return this.#wrong(
        `${place}.field`,
        `must be one of ${Object.keys(FIELDS).join(', ')} or fields.<key>`,
      );
    const fitting = operatorsOf(kind);
    if (!fitting.includes(operator as ConditionOperator))
      return this.#wrong(`${place}.operator`, `of ${field} must be one of ${fitting.join(', ')}`);
    const condition = { field: field as string, operator: operator as ConditionOperator };
    const problem = problemOf(kind, condition.operator, value);
    if (problem !== null) return this.#wrong(`${place}.value`, problem);
    return value === undefined
      ? condition
      : { ...condition, value: value as ConditionValue | ConditionValue[] };
  }

  #wrong(field: string, problem: string): undefined {
    if (this.problems.length < MOST_CONDITIONS) this.problems.push({ field, problem });
  }
}

function operatorsOf(kind: FieldKind): ConditionOperator[] {
  const own = OPERATORS[kind.kind];
  return 'optional' in kind && kind.optional ? [...own, ...EMPTY] : own;
}

function problemOf(kind: FieldKind, operator: ConditionOperator, value: unknown): string | null {
  if (EMPTY.includes(operator))
    return value === undefined || value === null ? null : 'goes with another operator';
  if (operator !== 'in' && operator !== 'not_in') return valueProblem(kind, operator, value);
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_VALUES)
    return `must be a list of 1 to ${MOST_VALUES} values`;
  for (const one of value as unknown[]) {
    const problem = valueProblem(kind, operator, one);
    if (problem !== null) return problem;
  }
  return null;
}

function valueProblem(kind: FieldKind, operator: ConditionOperator, value: unknown): string | null {
  if (value === null && 'optional' in kind && kind.optional && kind.kind !== 'time') return null;
  switch (kind.kind) {
    case 'choice':
      return kind.options.includes(value as string)
        ? null
        : `must be one of ${kind.options.join(', ')}`;
    case 'id':
      if (isId(value) || (kind.word !== undefined && value === kind.word)) return null;
      return kind.word === undefined ? 'must be an id' : `must be an id, or "${kind.word}"`;
    case 'time':
      return isTime(value) ? null : 'must be a date, a time with its zone, or such as "-7d"';
    case 'flag':
      return typeof value === 'boolean' ? null : 'must be true or false';
    case 'tag':
    case 'words':
      return isText(value) ? null : `must be a text of 1 to ${LONGEST_VALUE} characters`;
    case 'custom':
      return customProblem(operator, value);
  }
}

function customProblem(operator: ConditionOperator, value: unknown): string | null {
  if (operator === 'less' || operator === 'greater')
    return Number.isFinite(value) ? null : 'must be a number';
  if (operator === 'before' || operator === 'after')
    return isTime(value) ? null : 'must be a date, or such as "-7d"';
  return typeof value === 'boolean' || Number.isFinite(value) || isText(value)
    ? null
    : 'must be a text, a number, true or false';
}

function isTime(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  if (RELATIVE_TIME.test(value)) return true;
  return WITH_ZONE.test(value) && isInstant(value);
}

function isText(value: unknown): value is string {
  // Postgres keeps no text with a zero character in it.
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= LONGEST_VALUE &&
    !value.includes('\0')
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
