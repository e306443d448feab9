import { DomainError } from '#core/errors/domain-error.js';

/** There is no such notice, or this deployment shows none: absent and forbidden look the same. */
export class NoticeNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'notice.not_found';

  constructor() {
    super('There is no such mail. Mails are shown in development without SMTP_URL alone.');
  }
}
