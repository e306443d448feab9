import { DomainError } from '#core/errors/domain-error.js';

/** No such notification of the caller: absent, foreign and somebody else's look the same. */
export class NotificationNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'notification.not_found';

  constructor() {
    super('There is no such notification for you.');
  }
}

/** A link of a mail that we did not make, or whose reader is not there any more. */
export class UnsubscribeLinkInvalid extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'notification.link_invalid';

  constructor() {
    super('This link is not valid. Sign in and choose in your settings what is mailed to you.');
  }
}
