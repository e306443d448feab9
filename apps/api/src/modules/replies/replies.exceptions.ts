import { DomainError } from '#core/errors/domain-error.js';

/** No such canned reply that the caller sees: absent, foreign and somebody else's look the same. */
export class CannedReplyNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'canned_reply.not_found';

  constructor() {
    super('There is no such canned reply, or it is not for you.');
  }
}

/** There are as many as anybody finds their way in. */
export class TooManyCannedReplies extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'canned_reply.too_many';

  constructor(most: number) {
    super(`There are at most ${most} canned replies of a kind: delete one first.`);
  }
}
