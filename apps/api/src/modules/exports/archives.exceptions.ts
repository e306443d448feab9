import { DomainError } from '#core/errors/domain-error.js';

/** No such archive: absent and foreign look the same. */
export class ArchiveNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'archive.not_found';

  constructor() {
    super('There is no such archive of this organization.');
  }
}

/** The archive is not written yet, or never will be. */
export class ArchiveNotReady extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'archive.not_ready';

  constructor(status: string) {
    super(
      status === 'failed'
        ? 'The archive failed: ask for it again.'
        : 'The archive is still being written: ask again when its status is done.',
      { status },
    );
  }
}

/** The archive was kept for its time and is gone. */
export class ArchiveExpired extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'archive.expired';

  constructor() {
    super('The archive has expired: ask for it again.');
  }
}

/** Each archive is as large as all that the organization has: one is written at a time, and few are kept. */
export class TooManyArchives extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'archive.too_many';

  constructor(most: number) {
    super(
      `An archive is under way already, or ${most} are kept: wait for it, or until one has expired.`,
      { most },
    );
  }
}
