import { DomainError } from '../errors/domain-error.js';
import type { Limited } from './entitlement-terms.js';

const HOW_TO_MEND: Record<Limited, string> = {
  seats: 'deactivate somebody, or take a plan or more seats under Billing',
  ticketsAMonth:
    'take a larger plan under Billing, or wait for the next month; what comes by mail is taken in all the same',
  storageBytes: 'delete files, or take a larger plan under Billing',
  sso: 'take a plan that has single sign-on; what is set up goes on working and can be removed',
  custom_roles:
    'take a plan that has custom roles; those that there are go on working and can be deleted',
  sla: 'take a plan that has service levels',
};

/** The organization has all that its plan lets it have. Nothing that is there is lost by it. */
export class LimitReached extends DomainError {
  readonly kind = 'payment_required';
  readonly code = 'billing.limit_reached';

  constructor(entitlement: Limited, limit: number, used: number) {
    super(
      `The plan of the organization lets it have no more of this (${entitlement}: ${used} of ${limit}): ${HOW_TO_MEND[entitlement]}.`,
      { entitlement, limit, used, whatToDo: HOW_TO_MEND[entitlement] },
    );
  }
}

/** The plan became smaller than the organization, and this person came after its seats were taken. */
export class NoSeat extends DomainError {
  readonly kind = 'payment_required';
  readonly code = 'billing.no_seat';

  constructor() {
    super(
      'The plan of the organization has no seat for you: you can read all that you could, and change nothing. Whoever looks after Billing can take more seats, or deactivate somebody who needs none.',
    );
  }
}

/** Nobody has paid for long: the organization reads what is there, and can pay. */
export class OnlyReading extends DomainError {
  readonly kind = 'payment_required';
  readonly code = 'billing.read_only';

  constructor() {
    super(
      'The organization has no plan that is paid for: nothing is lost and all can be read, but nothing changed. Whoever may write under Billing can pay or take a plan.',
    );
  }
}

/** Nobody has paid for longer still. */
export class Unpaid extends DomainError {
  readonly kind = 'payment_required';
  readonly code = 'billing.suspended';

  constructor() {
    super(
      'The organization is suspended because it has not paid: nothing is lost, and all of it is back with the payment. Whoever may write under Billing can pay.',
    );
  }
}
