import { DomainError } from '#core/errors/domain-error.js';

/** No such export for whoever asks: absent, foreign and with notes that are not for them look the same. */
export class ExportNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'export.not_found';

  constructor() {
    super('There is no such export in this organization, or it is not yours to see.');
  }
}

/** The file is not written yet, or never will be. */
export class ExportNotReady extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'export.not_ready';

  constructor(status: string) {
    super(
      status === 'failed'
        ? 'The export failed: ask for it again.'
        : 'The export is still being written: ask again when its status is done.',
      { status },
    );
  }
}

/** The file was kept for its time and is gone. */
export class ExportExpired extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'export.expired';

  constructor() {
    super('The export has expired: ask for it again.');
  }
}

/** Each export reads everything: a few at a time are enough. */
export class TooManyExports extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'export.too_many';

  constructor(most: number) {
    super(`There are ${most} exports under way already: wait for one of them.`, { most });
  }
}
