import { DomainError } from '#core/errors/domain-error.js';

/** The bytes are no mail. Nothing was written. */
export class MailMalformed extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'mail.malformed';
}

/** The body was not sent as a mail. */
export class MailTypeWrong extends DomainError {
  readonly kind = 'unsupported_type';
  readonly code = 'payload.unsupported_type';

  constructor() {
    super('Send the raw mail with Content-Type: message/rfc822.');
  }
}

/** No such mail in this organization, or the mailbox is not open in this mode. */
export class MailNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'mail.not_found';

  constructor() {
    super('There is no such mail in this organization.');
  }
}

/** The development mailbox is not part of a production server. */
export class MailboxNotHere extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'route.not_found';

  constructor() {
    super('There is no such route.');
  }
}
