import { ValidationFailed } from '#core/errors/domain-error.js';
import type { EventCatalogue } from '#core/ledger/event-catalogue.js';

/** Which events of the log a reader asks for. */
export interface EventFilter {
  /** The types; null for all. */
  types: readonly string[] | null;
  /** What they are about; null for anything. */
  subjectId: string | null;
}

/** Everything that a reader may see. */
export const EVERYTHING: EventFilter = { types: null, subjectId: null };

/**
 * Reads `ticket.*,mail.sent` and an id. Throws {@link ValidationFailed} for a type that nobody declares: a reader that is
 * told of a slip of the pen does not wait for ever.
 */
export function readFilter(
  catalogue: EventCatalogue,
  { types, subjectId }: { types?: string; subjectId?: string },
): EventFilter {
  return {
    types:
      types === undefined ? null : types.split(',').flatMap((each) => typesOf(catalogue, each)),
    subjectId: subjectId ?? null,
  };
}

function typesOf(catalogue: EventCatalogue, pattern: string): string[] {
  const found = catalogue.matching(pattern);
  if (found.length > 0) return found;
  const problem = `names ${pattern}, which is no type of event: GET /event-types lists them`;
  throw new ValidationFailed([{ field: 'types', problem }]);
}
