import { isId } from '#core/context/ids.js';
import { ValidationFailed, type FieldProblem } from '#core/errors/domain-error.js';

/** One step of a macro. `value` is what its type asks for, see {@link parseActions}. */
export interface MacroAction {
  type: MacroActionType;
  value?: unknown;
}

export const MACRO_ACTION_TYPES = [
  'set_status',
  'set_state',
  'set_priority',
  'set_type',
  'assign',
  'assign_me',
  'set_team',
  'add_tags',
  'remove_tags',
  'set_field',
  'snooze_hours',
  'reply',
  'note',
] as const;

export type MacroActionType = (typeof MACRO_ACTION_TYPES)[number];

export const MOST_ACTIONS = 20;
const MOST_TAGS = 50;
const LONGEST_TAG = 50;
const LONGEST_TEXT = 100_000;
const MOST_HOURS = 8_760;
const STATUSES = ['open', 'pending', 'on_hold', 'solved', 'closed'];
const PRIORITIES = ['low', 'normal', 'high', 'urgent'];
const TYPES = ['question', 'incident', 'problem', 'task'];
const A_TAG = /^[^\s,][^,\n\r]*$/;
const FIELD_KEY = /^[a-z][a-z0-9_]{0,49}$/;

/** What each type wants as its value: the sentence says it, the check tells. */
const VALUES: Record<MacroActionType, [problem: string, isFine: (value: unknown) => boolean]> = {
  set_status: [`must be one of ${STATUSES.join(', ')}`, (it) => STATUSES.includes(it as string)],
  set_state: ['must be the id of a state', isId],
  set_priority: [
    `must be one of ${PRIORITIES.join(', ')}`,
    (it) => PRIORITIES.includes(it as string),
  ],
  set_type: [
    `must be one of ${TYPES.join(', ')}, or null`,
    (it) => it === null || TYPES.includes(it as string),
  ],
  assign: ['must be the id of a person, or null', isIdOrNull],
  assign_me: ['must be left out', (it) => it === undefined || it === null],
  set_team: ['must be the id of a team, or null', isIdOrNull],
  add_tags: ['must be a list of tags', areTags],
  remove_tags: ['must be a list of tags', areTags],
  set_field: ['must be {key, value}', isField],
  snooze_hours: [
    `must be a whole number of hours from 1 to ${MOST_HOURS}`,
    (it) => Number.isInteger(it) && (it as number) >= 1 && (it as number) <= MOST_HOURS,
  ],
  reply: ['must be a text', isText],
  note: ['must be a text', isText],
};

/** What excludes what: a macro says one thing once. */
const SAME_MATTER: Partial<Record<MacroActionType, string>> = {
  set_status: 'status',
  set_state: 'status',
  assign: 'assignee',
  assign_me: 'assignee',
};

/** `value` as actions and nothing else besides. Throws {@link ValidationFailed} naming each place that is wrong. */
export function parseActions(value: unknown): MacroAction[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_ACTIONS)
    throw new ValidationFailed([
      { field: 'actions', problem: `must be a list of 1 to ${MOST_ACTIONS} actions` },
    ]);
  const seen = new Set<string>();
  const problems = value.flatMap((action: unknown, at) =>
    problemsOf(action, `actions.${at}`, seen),
  );
  if (problems.length > 0) throw new ValidationFailed(problems);
  return value as MacroAction[];
}

function problemsOf(action: unknown, place: string, seen: Set<string>): FieldProblem[] {
  if (!isObject(action)) return [{ field: place, problem: 'must be {type, value}' }];
  const { type, value, ...more } = action;
  if (!MACRO_ACTION_TYPES.includes(type as MacroActionType))
    return [{ field: `${place}.type`, problem: `must be one of ${MACRO_ACTION_TYPES.join(', ')}` }];
  const known = type as MacroActionType;
  const problems = Object.keys(more).map((key) => ({
    ...{ field: `${place}.${key}`, problem: 'is not a known field' },
  }));
  const [problem, isFine] = VALUES[known];
  if (!isFine(value)) return [...problems, { field: `${place}.value`, problem }];
  const matter = matterOf(known, value);
  if (seen.has(matter))
    problems.push({
      field: `${place}.type`,
      problem: 'says what an action before it says already',
    });
  seen.add(matter);
  return problems;
}

function matterOf(type: MacroActionType, value: unknown): string {
  if (type === 'set_field') return `field ${(value as { key: string }).key}`;
  return SAME_MATTER[type] ?? type;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isIdOrNull(value: unknown): boolean {
  return value === null || isId(value);
}

function areTags(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= MOST_TAGS &&
    value.every((tag) => typeof tag === 'string' && tag.length <= LONGEST_TAG && A_TAG.test(tag))
  );
}

/** The value itself is checked against its field when the macro is run: the field may change meanwhile. */
function isField(value: unknown): boolean {
  if (!isObject(value) || typeof value.key !== 'string' || !FIELD_KEY.test(value.key)) return false;
  const { key: _, value: wanted, ...more } = value;
  return (
    Object.keys(more).length === 0 &&
    wanted !== undefined &&
    JSON.stringify(wanted).length <= 10_000
  );
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST_TEXT;
}
