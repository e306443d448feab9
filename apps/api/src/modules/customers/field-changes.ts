import { isDeepStrictEqual } from 'node:util';
import { changedSince, type SeenVersion } from '#core/context/version.js';
import { EditConflict } from '#core/errors/edit-conflict.js';
import type { Versioned } from './customers.view.js';

/** What is to change and what it was, each by the name of its field (`fields.<key>` for a custom one). */
export type Values = Record<string, unknown>;

/**
 * Which of the fields in `after` really change. Throws {@link EditConflict} when somebody has changed one of those that
 * the caller sent since they looked; one that both made the same is no conflict.
 */
export function changedFields(
  row: Versioned,
  before: Values,
  after: Values,
  seen: SeenVersion,
  etag: string,
): string[] {
  const changed = Object.keys(after).filter(
    (field) => !isDeepStrictEqual(before[field] ?? null, after[field] ?? null),
  );
  const lost = changedSince(seen, row.version, row.fieldVersions, changed);
  if (lost.length > 0)
    throw new EditConflict(
      lost.map((field) => ({
        field,
        yours: after[field] ?? null,
        theirs: before[field] ?? null,
      })),
      etag,
    );
  return changed;
}

/** The columns that say in which version `fields` changed last: the next one. */
export function nextVersion(row: Versioned, fields: readonly string[]): Versioned {
  const version = row.version + 1;
  return {
    version,
    fieldVersions: {
      ...row.fieldVersions,
      ...Object.fromEntries(fields.map((field) => [field, version])),
    },
  };
}

/** The values of custom fields under the names that conflicts call them by. */
export function named(fields: Record<string, unknown>): Values {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [`fields.${key}`, value]));
}
