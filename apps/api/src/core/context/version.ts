import { EditConflict } from '../errors/edit-conflict.js';

/**
 * The version of a thing that its changer has seen, out of `If-Match`: a number, `any` when they did not say or said
 * `*`, `none` when what they said was never given out here.
 */
export type SeenVersion = number | 'any' | 'none';

/** Which of `fields` were changed after the caller looked. `fieldVersions` says in which version each was changed last. */
export function changedSince(
  seen: SeenVersion,
  version: number,
  fieldVersions: Record<string, number>,
  fields: readonly string[],
): string[] {
  if (seen === 'any') return [];
  if (seen === 'none' || seen > version) return [...fields];
  return fields.filter((field) => (fieldVersions[field] ?? 1) > seen);
}

/** The entity tag of a version (RFC 9110, 8.8.3); `rest` tells apart what else the answer holds. */
export function etagOf(version: number, ...rest: (string | number)[]): string {
  return `"${[version, ...rest].join('-')}"`;
}

const OURS = /^(?:W\/)?"(\d{1,9})(?:-[\w.-]*)?"$/;

/** Reads `If-Match`: of several tags the newest counts. */
export function seenVersion(header: string | undefined): SeenVersion {
  if (header === undefined || header.trim() === '*') return 'any';
  const versions = header.split(',').flatMap((tag) => {
    const found = OURS.exec(tag.trim());
    return found ? [Number(found[1])] : [];
  });
  return versions.length === 0 ? 'none' : Math.max(...versions);
}

/**
 * Lets the change of a simple thing through when its caller has seen it as it is, or did not say what they saw.
 * Throws {@link EditConflict} with the fields that would become different.
 */
export function requireSeen<T extends { version: number }>(
  seen: SeenVersion,
  current: T,
  change: object,
): void {
  if (seen === 'any' || seen === current.version) return;
  const theirs = current as Record<string, unknown>;
  const conflicts = Object.entries(change)
    .filter(([field, yours]) => yours !== undefined && isDifferent(theirs[field], yours))
    .map(([field, yours]) => ({ field, yours, theirs: theirs[field] ?? null }));
  if (conflicts.length > 0) throw new EditConflict(conflicts, etagOf(current.version));
}

/** Which fields of `before` a change makes different, each as `[before, after]`: what an event says of it. */
export function changesOf(before: object, change: object): Record<string, [unknown, unknown]> {
  const old = before as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(change)
      .filter(([field, value]) => value !== undefined && isDifferent(old[field], value))
      .map(([field, value]) => [field, [old[field] ?? null, value]]),
  );
}

/** Whether two values of JSON are not the same; absent is the same as null. */
export function isDifferent(one: unknown, other: unknown): boolean {
  return JSON.stringify(plain(one)) !== JSON.stringify(plain(other));
}

/** Keys in one order, since JSON that was stored comes back in another. */
function plain(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, plain(each)]),
  );
}
