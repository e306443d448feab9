import { DomainError } from './domain-error.js';

/** One field that two people changed: what this one wants it to be, and what the other made of it. */
export interface ConflictingField {
  field: string;
  yours: unknown;
  theirs: unknown;
}

/**
 * The caller knew an older version (`If-Match`, RFC 9110, 13.1.1), and somebody has changed the same fields since.
 * `etag` is that of the version that stands now: sent with it, the change is made after all.
 */
export class EditConflict extends DomainError {
  readonly kind = 'precondition_failed';
  readonly code = 'edit.conflict';

  constructor(conflicts: ConflictingField[], etag: string) {
    super(
      'Somebody has changed the same in the meantime: look at both values, and send yours again with the new ETag to keep it.',
      { conflicts, etag },
    );
  }
}
