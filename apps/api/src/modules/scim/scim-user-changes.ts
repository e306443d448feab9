import type { UserChange } from './scim-user-input.js';
import type { ScimUserRow } from './scim-users.view.js';
import { ScimTaken } from './scim.exceptions.js';

const UNIQUE_VIOLATION = 'P2002';
export const TAKEN = 'The directory has this person, or somebody with this userName, already.';
/** The columns of the directory's row that a change may name. */
const COLUMNS = ['userName', 'externalId', 'givenName', 'familyName', 'active'] as const;

/** The name by which people know somebody: as it was sent, else put together; null when there is none. */
export function displayNameOf(user: UserChange): string | null {
  return user.displayName ?? joined(user.givenName, user.familyName);
}

/** The same after a change: parts that change show in a name that was put together of them, and in no other. */
export function nameAfter(before: ScimUserRow, change: UserChange): string {
  const { name } = before.membership;
  if (change.displayName) return change.displayName;
  if (change.givenName === undefined && change.familyName === undefined) return name;
  const wasJoined = joined(before.givenName, before.familyName);
  if (wasJoined !== null && wasJoined !== name && change.displayName === undefined) return name;
  return (
    joined(change.givenName ?? before.givenName, change.familyName ?? before.familyName) ?? name
  );
}

/** What a change writes into the directory's row, and what became of each field. */
export function changesOf(before: ScimUserRow, change: UserChange) {
  const fields = COLUMNS.filter(
    (name) => change[name] !== undefined && change[name] !== before[name],
  );
  return {
    data: Object.fromEntries(fields.map((name) => [name, change[name]])),
    changes: Object.fromEntries(
      fields.map((name) => [name, [before[name], change[name]]]),
    ) as Record<string, [unknown, unknown]>,
  };
}

/** Runs `work`; throws {@link ScimTaken} when it meets a name that is taken. */
export async function refuseTaken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if ((error as { code?: string }).code === UNIQUE_VIOLATION) throw new ScimTaken(TAKEN);
    throw error;
  }
}

function joined(given?: string | null, family?: string | null): string | null {
  return [given, family].filter((part) => part).join(' ') || null;
}
