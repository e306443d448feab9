import { DomainError } from '#core/errors/domain-error.js';

/** The bytes are no picture that we serve. */
export class LogoTypeWrong extends DomainError {
  readonly kind = 'unsupported_type';
  readonly code = 'organization.logo_type';

  constructor() {
    super('Send a PNG, JPEG or WebP picture as the body, with its own content type.');
  }
}

/** The picture is larger than a logo may be. */
export class LogoTooLarge extends DomainError {
  readonly kind = 'too_large';
  readonly code = 'organization.logo_too_large';

  constructor(most: number) {
    super(`A logo has at most ${most} bytes: make the picture smaller.`, { most });
  }
}

/** The organization has no logo. */
export class LogoNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'organization.no_logo';

  constructor() {
    super('The organization has no logo: PUT one first.');
  }
}

/** The grace of the deletion is over, and it has begun. */
export class DeletionHasBegun extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'organization.deletion_has_begun';

  constructor() {
    super('The time to keep the organization is over: it is being deleted.');
  }
}
