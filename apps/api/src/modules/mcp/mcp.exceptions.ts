import { DomainError } from '#core/errors/domain-error.js';

/** A page of somebody else's in a browser: it may have been led here by a name that points to this address. */
export class OriginRefused extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'mcp.origin_refused';

  constructor() {
    super('Pages of other sites are not answered here. Call it from a program, without `Origin`.');
  }
}

/** Several messages in one: dropped from the protocol in 2025. */
export class BatchRefused extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'mcp.batch_refused';

  constructor() {
    super('Send one message a request: there are no batches.');
  }
}
