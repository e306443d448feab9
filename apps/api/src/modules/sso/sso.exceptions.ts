import { DomainError } from '#core/errors/domain-error.js';

/** No such connection in this organization. */
export class ConnectionNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'sso.connection_not_found';

  constructor() {
    super('There is no such single sign-on connection in this organization.');
  }
}

/** No such domain in this organization. */
export class DomainNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'sso.domain_not_found';

  constructor() {
    super('There is no such domain in this organization.');
  }
}

/** The organization has the domain already. */
export class DomainAlreadyAdded extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'sso.domain_added_already';

  constructor() {
    super('The organization has this domain already: verify it, or remove it first.');
  }
}

/** The DNS does not say what was asked of it. */
export class DomainNotProved extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'sso.domain_not_proved';

  constructor(txtName: string, txtValue: string) {
    super(
      `There is no TXT record ${txtName} with the text ${txtValue} yet. Add it, wait for your DNS, and try again.`,
      { txtName, txtValue },
    );
  }
}

/** The name servers do not answer. */
export class DnsUnavailable extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'sso.dns_unavailable';

  constructor() {
    super('The name servers of the domain do not answer now; try again.');
  }
}

/** Told only to who has proved the domain: another organization has it, and its record is still there. */
export class DomainTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'sso.domain_taken';

  constructor() {
    super(
      'Another organization of this desk has verified the domain. Remove its TXT record, then verify again.',
    );
  }
}

/** Single sign-on cannot be demanded: nobody could come by it. */
export class NotReadyToEnforce extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'sso.not_ready';

  constructor() {
    super('Verify a domain of an enabled connection first: nobody could sign in otherwise.');
  }
}

/** The change would shut everybody out who has to come by single sign-on. */
export class StillEnforced extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'sso.still_enforced';

  constructor() {
    super(
      'Single sign-on is required, and this is the last way to it: stop requiring it first, or add another verified domain.',
    );
  }
}

/** Said of every address that no verified domain leads on from; why is not said. */
export class SsoNotConfigured extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'sso.not_configured';

  constructor() {
    super('There is no single sign-on for this address: sign in another way.');
  }
}

/** One client begins more sign-ins than a building full of people would. */
export class TooManyFlows extends DomainError {
  readonly kind = 'rate_limited';
  readonly code = 'sso.too_many';

  constructor(retryAfter: number) {
    super('Too many sign-ins were begun from here: wait a few minutes and try again.', {
      retryAfter,
    });
  }
}

/** The provider does not answer, or not as an OpenID provider does. */
export class ProviderUnavailable extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'sso.provider_unavailable';

  constructor(internal: Record<string, unknown>) {
    super("Your organization's sign-in page cannot be reached; try again.", undefined, internal);
  }
}

/** Why a sign-in at a provider ended without a session; told to the sign-in page as `?error=<code>`. */
export class SsoRefused extends DomainError {
  readonly kind = 'forbidden';

  constructor(
    readonly code: `sso.${SsoRefusal}`,
    internal?: Record<string, unknown>,
  ) {
    super('The sign-in was refused.', undefined, internal);
  }
}

/** Every way in which a sign-in at a provider can end badly. */
export type SsoRefusal =
  /** Unknown, used, another browser's, or older than ten minutes. */
  | 'flow_expired'
  /** The provider said no, or the person did. */
  | 'refused'
  /** What the provider sent is not right: signature, issuer, audience, nonce, time. */
  | 'invalid_response'
  | 'not_configured'
  | 'email_not_verified'
  | 'domain_not_verified'
  /** The person was deactivated or removed. */
  | 'deactivated'
  /** The address has an account that is not of this organization. */
  | 'account_exists'
  /** The person is known by another subject of the provider. */
  | 'already_linked'
  /** An owner is never found by their address. */
  | 'owner_not_linked'
  | 'failed';
