import { DomainError } from '#core/errors/domain-error.js';

/** Address or password is wrong, or the person is no longer of the staff; never says which. */
export class StaffCredentialsWrong extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'staff.invalid_credentials';

  constructor() {
    super('The e-mail address or the password is wrong.');
  }
}

/** The first half of the sign-in is over or was never there. */
export class StaffChallengeOver extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'staff.challenge_over';

  constructor() {
    super('This sign-in took too long or something changed: begin again with your password.');
  }
}

/** The code is none that the app shows now, or was used already. */
export class StaffCodeWrong extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'staff.code_wrong';

  constructor() {
    super('The code is wrong or was used already: wait for the next one that the app shows.');
  }
}

/** The cookie is of no session, or of one that has ended. */
export class StaffSessionEnded extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'staff.session_ended';

  constructor() {
    super('The session has ended; sign in again.');
  }
}

/** A browser sent the cookie without the header that only our own page can add. */
export class StaffHeaderMissing extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'staff.csrf_header_missing';

  constructor() {
    super('Send the header `x-manydesk-csrf: 1` with this request.');
  }
}

/** The present password, asked for once more, is another one. */
export class StaffPasswordWrong extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'staff.password_wrong';

  constructor() {
    super('The current password is wrong.');
  }
}

/** There is somebody with this address already. */
export class StaffExists extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'staff.exists';

  constructor() {
    super(
      'Somebody of the staff has this address, or had it: `staff:reset` gives them a new password.',
    );
  }
}

/** No such member of the staff. */
export class StaffNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'staff.not_found';

  constructor() {
    super('There is no such member of the staff.');
  }
}

/** Nobody could make staff any more, but from the command line. */
export class LastOperator extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'staff.last_operator';

  constructor() {
    super('This is the last operator: make another one first.');
  }
}
