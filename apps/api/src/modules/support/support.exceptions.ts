import { DomainError } from '#core/errors/domain-error.js';

/** No such access of this organization: absent and foreign look the same. */
export class SupportAccessNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'support.access_not_found';

  constructor() {
    super('There is no such access.');
  }
}

/** It was granted, refused or ended before. */
export class SupportAccessDecided extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'support.access_decided';

  constructor() {
    super('This was granted or has ended already: the staff may ask again.');
  }
}
