import { DomainError } from '#core/errors/domain-error.js';

/** No plan is sold here: everybody may have everything. */
export class BillingIsOff extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'billing.off';

  constructor() {
    super('No plans are sold on this server: every organization has everything already.');
  }
}

/** The plan is not there, or is not offered any more. */
export class PlanNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'billing.plan_not_found';

  constructor() {
    super('There is no such plan that can be taken.');
  }
}

/** Somebody offered another version, which nobody would have looked at. */
export class PlanMoved extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'billing.plan_moved';

  constructor(version: number) {
    super(
      version === 0
        ? 'There is no such plan yet: offer it as a new one, with basedOn 0.'
        : `Version ${version} of this plan is the newest: read it, and base the next one on it.`,
      { version },
    );
  }
}

/** The organization has taken no plan. */
export class SubscriptionNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'billing.subscription_not_found';

  constructor() {
    super('The organization has taken no plan yet.');
  }
}

/** More seats than the plan has. */
export class TooManySeats extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'billing.too_many_seats';

  constructor(limit: number) {
    super(`This plan has ${limit} seats at most: take fewer, or a larger plan.`, { limit });
  }
}

/** What is unpaid is paid first. */
export class PayFirst extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'billing.pay_first';

  constructor() {
    super('Invoices are unpaid and the organization only reads: pay them, then change the plan.');
  }
}

/** The plan of now runs with somebody who is not asked any more. */
export class OtherProvider extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'billing.other_provider';

  constructor() {
    super('The plan of now is billed by a provider that is no longer in use: let it end first.');
  }
}

/** A running plan is paid in one currency. */
export class OtherCurrency extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'billing.other_currency';

  constructor(currency: string) {
    super(`The plan of now is paid in ${currency}: take one in the same, or cancel first.`, {
      currency,
    });
  }
}

/** There is nobody whom an invoice could be made out to. */
export class ProfileMissing extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'billing.profile_missing';

  constructor() {
    super('Say first whom invoices are made out to: PUT /billing/profile with name and address.');
  }
}

/** Absent and foreign look the same. */
export class InvoiceNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'billing.invoice_not_found';

  constructor() {
    super('There is no such invoice in this organization.');
  }
}

/** A provider made it out and was paid: there is no paper of it here, and nothing that could be changed. */
export class InvoiceElsewhere extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'billing.invoice_elsewhere';

  constructor() {
    super('This invoice was made out by the provider of payments: open its portal for it.');
  }
}

/** It was taken back, or takes another back. */
export class InvoiceIsSettled extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'billing.invoice_settled';

  constructor(number: string) {
    super(
      `${number} was taken back, or takes another invoice back: it is neither paid nor credited.`,
    );
  }
}

/** Nothing is given to the organization but its plan. */
export class OverrideNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'billing.override_not_found';

  constructor() {
    super('The organization has what its plan says, and nothing else is given to it.');
  }
}
