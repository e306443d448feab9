import { newId } from '#core/context/ids.js';
import { ValidationFailed } from '#core/errors/domain-error.js';
import type { FieldOption } from './field-terms.js';

/** An option as somebody wants it; one without an id is new. */
export interface WantedOption {
  id?: string;
  name: string;
}

/**
 * The options of a field of `kind` when `wanted` are to be offered, in that order. Those that were offered before and
 * are not wanted any more come last, archived: tickets may still hold them. Throws {@link ValidationFailed}.
 */
export function optionsOf(
  kind: string,
  wanted: readonly WantedOption[],
  before: readonly FieldOption[] = [],
): FieldOption[] {
  const chooses = kind === 'select' || kind === 'multi_select';
  if (!chooses && wanted.length > 0) throw wrong('are only for fields that choose');
  if (chooses && wanted.length === 0)
    throw wrong('must not be empty: there would be nothing to choose');
  const offered = wanted.map(({ id, name }) => ({ id: id ?? newId(), name, isArchived: false }));
  const ids = new Set(offered.map(({ id }) => id));
  if (ids.size < offered.length) throw wrong('must not name one id twice');
  const names = new Set(offered.map(({ name }) => name.toLowerCase()));
  if (names.size < offered.length) throw wrong('must not have one name twice');
  const left = before.filter(({ id }) => !ids.has(id));
  return [...offered, ...left.map((option) => ({ ...option, isArchived: true }))];
}

function wrong(problem: string): ValidationFailed {
  return new ValidationFailed([{ field: 'options', problem }]);
}
