import { DomainError } from '#core/errors/domain-error.js';
import { MOST_FIELDS } from './field-terms.js';

/** No such field in this organization: absent and foreign look the same. */
export class FieldNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'field.not_found';

  constructor() {
    super('There is no such custom field in this organization.');
  }
}

/** The key names another field of the same subject, an archived one it may be: its values are still stored. */
export class FieldKeyTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'field.key_taken';

  constructor() {
    super(
      'There is or was a field with this key, and values may still be stored under it: take another.',
    );
  }
}

/** More fields than a form can hold. */
export class TooManyFields extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'field.too_many';

  constructor() {
    super(`There are ${MOST_FIELDS} fields already: archive one that is not needed any more.`);
  }
}
