import { DomainError } from '../errors/domain-error.js';

/** The key was used for another request: another method, path or body. */
export class IdempotencyKeyReused extends DomainError {
  readonly kind = 'unprocessable';
  readonly code = 'idempotency.key_reused';

  constructor() {
    super(
      'This Idempotency-Key was used for another request. Send the very same method, path and body to get its answer again, or make a new key for a new request.',
    );
  }
}

/** The first request with the key is still under way. */
export class IdempotencyInProgress extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'idempotency.in_progress';

  constructor(retryAfter: number) {
    super(
      'The first request with this Idempotency-Key is still under way: send it again in a moment.',
      { retryAfter },
    );
  }
}
