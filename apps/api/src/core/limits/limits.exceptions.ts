import { DomainError } from '../errors/domain-error.js';
import { WINDOW, type Standing } from './counters.js';

const WHOSE = {
  caller: 'This caller has',
  organization: 'The callers of this organization together have',
};

/** The caller, or its organization, has used up what a minute holds. */
export class RateLimitReached extends DomainError {
  readonly kind = 'rate_limited';
  readonly code = 'limit.rate';
  readonly retryAfterSeconds: number;

  constructor({ policy, limit, resetsIn }: Standing) {
    const retryAfterSeconds = Math.ceil(resetsIn / 1000);
    super(
      `${WHOSE[policy]} used up what may be asked for in a minute (${limit}): wait ${retryAfterSeconds} seconds and try again.`,
      { policy, limit, windowSeconds: WINDOW / 1000, retryAfterSeconds },
    );
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Seconds after which it is worth to try again; how long the calls under way will take nobody knows. */
const SOON = 1;

/** As many calls of the organization are under way as may be at the same time. */
export class ConcurrencyLimitReached extends DomainError {
  readonly kind = 'rate_limited';
  readonly code = 'limit.concurrency';
  readonly retryAfterSeconds = SOON;

  constructor(limit: number) {
    super(
      `${limit} calls of this organization are being answered, and no more are at the same time: wait for one and try again.`,
      { limit, retryAfterSeconds: SOON },
    );
  }
}
