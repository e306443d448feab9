import { DomainError } from '#core/errors/domain-error.js';

/** Nothing is sold by Stripe here. */
export class StripeIsOff extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'billing.no_provider';

  constructor() {
    super('No provider of payments is set up on this server: there is nothing to pay with here.');
  }
}

/** What was sent to the place of events is not from Stripe, or too old, or for another endpoint. */
export class EventNotSigned extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'billing.event_not_signed';

  constructor() {
    super('The signature is not that of this endpoint: check its signing secret and the clock.');
  }
}

/** Stripe did not answer, or not in time, or had a fault. Whether it did what was asked is found out by asking again. */
export class ProviderUnreachable extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'billing.provider_unreachable';

  constructor(internal: Record<string, unknown>) {
    super(
      'The provider of payments does not answer: ask again in a moment, nothing is done twice.',
      undefined,
      internal,
    );
  }
}

/** Stripe refused what was asked: a setting of the account, or a fault of ours. */
export class ProviderRefused extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'billing.provider_refused';

  constructor(internal: Record<string, unknown>) {
    super(
      'The provider of payments refused it: the operator of this server finds the reason in its log.',
      undefined,
      internal,
    );
  }
}

/** The card or account was not charged. */
export class PaymentRefused extends DomainError {
  readonly kind = 'payment_required';
  readonly code = 'billing.payment_refused';

  constructor() {
    super('The payment was refused: enter another way to pay, then ask again.');
  }
}

/** There is nothing yet that could be charged. */
export class CheckoutNeeded extends DomainError {
  readonly kind = 'payment_required';
  readonly code = 'billing.checkout_needed';

  constructor() {
    super('No way to pay is known: open a checkout by POST /billing/checkouts.');
  }
}

/** Somebody else changes the plan this moment. */
export class ChangeUnderWay extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'billing.change_under_way';

  constructor() {
    super('The plan is being changed this moment: look at it again, then ask again.');
  }
}

/** A checkout is for who has no plan. */
export class SubscribedAlready extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'billing.subscribed_already';

  constructor() {
    super('The organization has a plan: change it by PUT /billing/subscription.');
  }
}

/** There is nothing whose end could be taken back. */
export class NoPlanRuns extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'billing.subscription_not_found';

  constructor() {
    super('The organization has no plan that runs: take one.');
  }
}
