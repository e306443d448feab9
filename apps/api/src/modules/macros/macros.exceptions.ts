import { DomainError } from '#core/errors/domain-error.js';

/** No such macro that the caller sees: absent, foreign and somebody else's look the same. */
export class MacroNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'macro.not_found';

  constructor() {
    super('There is no such macro, or it is not for you.');
  }
}

/** There are as many as anybody finds their way in. */
export class TooManyMacros extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'macro.too_many';

  constructor(most: number) {
    super(`There are at most ${most} macros of a kind: delete one first.`);
  }
}
