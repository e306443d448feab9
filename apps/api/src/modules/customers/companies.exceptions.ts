import { DomainError } from '#core/errors/domain-error.js';

/** No such company in this organization: absent and foreign look the same. */
export class CompanyNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'company.not_found';

  constructor() {
    super('There is no such company in this organization.');
  }
}

/** Two companies of one name could not be told apart. */
export class CompanyNameTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'company.name_taken';

  constructor() {
    super('There is a company with this name: take another name, or go on with that company.');
  }
}

/** Whoever writes from a domain is of one company. */
export class DomainTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'company.domain_taken';

  constructor(domains: string[]) {
    super('Another company of this organization has the domain: take it away there first.', {
      domains,
    });
  }
}
