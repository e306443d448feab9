import type { FieldProblem } from '#core/errors/domain-error.js';
import {
  LONGEST_TEXT,
  MOST_OPTIONS,
  type FieldKind,
  type FieldOption,
  type FieldValue,
} from './field-terms.js';

/** What a value is checked against. */
export interface FieldDefinition {
  key: string;
  kind: string;
  options: unknown;
  requiredOnSolve: boolean;
  archivedAt: Date | null;
}

/** A value that is not one of its field's: `problem` goes on after the name of the field. */
class WrongValue extends Error {
  override readonly name = 'WrongValue';

  constructor(readonly problem: string) {
    super(problem);
  }
}

/** An instant that is a whole day: ISO 8601, and one that the calendar has. */
const DAY = /^\d{4}-\d\d-\d\d$/;
/** Beyond it a double no longer tells whole numbers apart. */
const LARGEST = Number.MAX_SAFE_INTEGER;

/**
 * Checks `values` against the fields that there are. Gives them as they are stored (null for one that is to be
 * removed) and what is wrong with which; a value that is empty is one that is removed.
 */
export function checkValues(
  definitions: readonly FieldDefinition[],
  values: Record<string, unknown>,
): { clean: Record<string, FieldValue | null>; problems: FieldProblem[] } {
  const byKey = new Map(definitions.map((definition) => [definition.key, definition]));
  const clean: Record<string, FieldValue | null> = {};
  const problems: FieldProblem[] = [];
  for (const [key, value] of Object.entries(values)) {
    try {
      clean[key] = checked(byKey.get(key), value);
    } catch (error) {
      if (!(error instanceof WrongValue)) throw error;
      problems.push({ field: `fields.${key}`.slice(0, 100), problem: error.problem });
    }
  }
  return { clean, problems };
}

/** Whether a stored value says nothing. A box that is not ticked says something. */
export function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (Array.isArray(value) && value.length === 0)
  );
}

function checked(definition: FieldDefinition | undefined, value: unknown): FieldValue | null {
  if (!definition) throw new WrongValue('is not a field that there is');
  if (isEmpty(value)) return null;
  if (definition.archivedAt !== null) throw new WrongValue('is archived: it can only be emptied');
  return CHECKS[definition.kind as FieldKind](value, definition);
}

const CHECKS: Record<
  FieldKind,
  (value: unknown, definition: FieldDefinition) => FieldValue | null
> = {
  text: (value) => {
    if (typeof value !== 'string') throw new WrongValue('must be text');
    const text = value.trim();
    if (text.length > LONGEST_TEXT)
      throw new WrongValue(`must have at most ${LONGEST_TEXT} characters`);
    // The one character that no text of Postgres may hold.
    if (text.includes('\0')) throw new WrongValue('must not have a null character');
    return text === '' ? null : text;
  },
  number: (value) => {
    if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) > LARGEST)
      throw new WrongValue(`must be a number between -${LARGEST} and ${LARGEST}`);
    return value;
  },
  date: (value) => {
    if (typeof value !== 'string' || !isDay(value))
      throw new WrongValue('must be a day as YYYY-MM-DD');
    return value;
  },
  select: (value, definition) => {
    if (typeof value !== 'string' || !offered(definition).has(value))
      throw new WrongValue('must be the id of one of its options');
    return value;
  },
  multi_select: (value, definition) => {
    const known = offered(definition);
    if (
      !Array.isArray(value) ||
      value.length > MOST_OPTIONS ||
      !value.every((id) => known.has(id as string))
    )
      throw new WrongValue('must be a list of ids of its options');
    // In one order, so that the same choice is the same value.
    return [...known].filter((id) => value.includes(id));
  },
  checkbox: (value) => {
    if (typeof value !== 'boolean') throw new WrongValue('must be true or false');
    return value;
  },
};

function offered({ options }: FieldDefinition): Set<string> {
  return new Set(
    (options as FieldOption[]).filter(({ isArchived }) => !isArchived).map(({ id }) => id),
  );
}

function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
