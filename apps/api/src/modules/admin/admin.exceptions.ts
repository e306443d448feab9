import { DomainError } from '#core/errors/domain-error.js';

/** No organization has this id. */
export class StaffOrganizationNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'admin.organization_not_found';

  constructor() {
    super('There is no such organization.');
  }
}

/** Nothing of the kind was billed to this organization. */
export class StaffInvoiceNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'admin.invoice_not_found';

  constructor() {
    super('There is no such invoice of this organization.');
  }
}

/** No version of such a plan was ever offered. */
export class StaffPlanNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'admin.plan_not_found';

  constructor() {
    super('There is no such plan, and there never was.');
  }
}

/** There is no such feature to be turned on and off. */
export class StaffFeatureNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'admin.feature_not_found';

  constructor() {
    super('There is no such feature: the list of features has their names.');
  }
}

/** Nothing was announced under this id. */
export class AnnouncementNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'admin.announcement_not_found';

  constructor() {
    super('There is no such announcement.');
  }
}

/** Nothing of the kind was asked for, or by somebody else. */
export class SupportRequestNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'admin.support_access_not_found';

  constructor() {
    super('There is no such access, or somebody else asked for it.');
  }
}

/** The organization has not said yes, or it is over. */
export class NotLetIn extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'admin.not_let_in';

  constructor() {
    super('The organization has not let you in, or not any more: ask its administrators.');
  }
}

/** It was granted, or has ended. */
export class SupportRequestDecided extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'admin.support_access_decided';

  constructor() {
    super('This was granted or has ended already: ask anew.');
  }
}

/** The second word must be another operator's. */
export class SameOperator extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'admin.same_operator';

  constructor() {
    super('You have said so already: another operator must agree.');
  }
}
