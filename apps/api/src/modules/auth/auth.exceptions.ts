import { DomainError } from '#core/errors/domain-error.js';

/** Address or password is wrong; never says which. */
export class InvalidCredentials extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'auth.invalid_credentials';

  constructor() {
    super('The e-mail address or the password is wrong.');
  }
}

/** Too many tries, of an account or from an address. Says alike whether there is such an account. */
export class Throttled extends DomainError {
  readonly kind = 'rate_limited';
  readonly code = 'auth.throttled';

  constructor(seconds: number, internal?: Record<string, unknown>) {
    super(
      `Too many tries: wait ${seconds} seconds and try again.`,
      { retryAfter: seconds },
      internal,
    );
  }
}

/** The refresh token is unknown, used up, expired or revoked. */
export class SessionEnded extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'auth.session_ended';

  constructor(internal?: Record<string, unknown>) {
    super('The session has ended; sign in again.', undefined, internal);
  }
}

/** A browser sent the refresh cookie without the header that only our own page can add. */
export class CsrfHeaderMissing extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'auth.csrf_header_missing';

  constructor() {
    super('Send the header `x-manydesk-csrf: 1` with this request.');
  }
}

/** Told only to who has proved that the address is theirs. */
export class EmailTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'auth.email_taken';

  constructor() {
    super('This e-mail address has an account already: sign in with it.');
  }
}

/** A mailed link that we did not make, that was used, or whose time is over; never says which. */
export class LinkInvalid extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'auth.link_invalid';

  constructor() {
    super('This link was used already or its time is over: ask for a new one.');
  }
}

/** The password is among those that are tried first. */
export class PasswordBreached extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'auth.password_breached';

  constructor() {
    super(
      'This password is on the lists of stolen ones that are tried first: choose another, for instance four words that do not belong together.',
    );
  }
}

/** The password is the person's own name, address or organization, or one letter again and again. */
export class PasswordTooObvious extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'auth.password_too_obvious';

  constructor() {
    super(
      'This password can be guessed by who knows your name, address or organization: choose another.',
    );
  }
}

/** The current password, asked for once more before a change of the account, is another one. */
export class PasswordWrong extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'auth.password_wrong';

  constructor() {
    super(
      'The current password is wrong. If you have none or forgot it, choose one by “Forgot your password?”.',
    );
  }
}

/** An API key asked for what is a person's alone. */
export class PeopleOnly extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'auth.people_only';

  constructor() {
    super('An API key has no account: sign in as a person for this.');
  }
}

/** No such session of this person: absent and foreign look the same. */
export class SessionNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'auth.session_not_found';

  constructor() {
    super('You have no such session.');
  }
}

/** The person is no member of the organization, or there is none. */
export class OrganizationNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'organization.not_found';

  constructor() {
    super('You are in no such organization.');
  }
}

/** The session was opened by one organization's single sign-on, which proves the person to that one alone. */
export class SignInAgain extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'auth.sign_in_again';

  constructor() {
    super(
      'Your organization’s single sign-on lets you into that organization alone: sign out, and sign in by your password or a passkey for this.',
    );
  }
}
