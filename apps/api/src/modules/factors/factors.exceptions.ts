import { DomainError } from '#core/errors/domain-error.js';

/** Too many wrong codes or passwords for one account: the next is taken when the time is over. */
export class TooManyGuesses extends DomainError {
  readonly kind = 'rate_limited';
  readonly code = 'auth.throttled';

  constructor(retryAfter: number) {
    super(
      `Too many wrong tries: wait ${Math.ceil(retryAfter / 60)} minutes and try again. A passkey works meanwhile.`,
      { retryAfter },
    );
  }
}

/** A change of somebody's factors was asked for without showing that it is they who ask. */
export class ProofRequired extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'auth.proof_required';

  constructor(methods: string[]) {
    super(
      methods.length === 0
        ? 'There is nothing yet to prove with that it is you: get a password by "forgot password" first.'
        : 'Prove that it is you: send your `password`, or a `code`, a `recoveryCode` or a `passkey` answer.',
      { methods },
    );
  }
}

/** The proof was wrong, or a code that was used already. */
export class ProofWrong extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'auth.proof_wrong';

  constructor() {
    super('The proof is wrong or was used already: try again with your password or a fresh code.');
  }
}

/** An API key asked for what is a person's alone. */
export class PeopleOnly extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'auth.people_only';

  constructor() {
    super('An API key has no factors of its own: sign in as a person for this.');
  }
}

/** There is an authenticator app already. */
export class TotpExists extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'factor.totp_exists';

  constructor() {
    super('An authenticator app is set up already: remove it first to set up another.');
  }
}

/** No set-up of an authenticator app is under way, or it took too long. */
export class TotpNotBegun extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'factor.totp_not_begun';

  constructor() {
    super('No authenticator app is being set up: begin anew.');
  }
}

/** The code that was to show that the app works did not. */
export class CodeWrong extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'factor.code_wrong';

  constructor() {
    super(
      'The code is wrong: send the one that the app shows now, and check the clock of the device.',
    );
  }
}

/** The person has no such factor: absent and another person's look the same. */
export class FactorNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'factor.not_found';

  constructor() {
    super('You have no such factor, passkey or device.');
  }
}

/** The passkey's answer does not fit the question, or the question is used up or too old. */
export class PasskeyRefused extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'passkey.refused';

  constructor() {
    super('The passkey could not be registered: ask for new options and try again.');
  }
}

/** The authenticator holds a passkey that is registered already. */
export class PasskeyKnown extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'passkey.known';

  constructor() {
    super('This passkey is registered already.');
  }
}

/** Nobody needs more, and each is shown at sign-in. */
export class TooManyPasskeys extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'passkey.too_many';

  constructor(most: number) {
    super(`An account holds at most ${most} passkeys: delete one that you no longer use.`);
  }
}

/** There is no second factor that recovery codes could stand in for. */
export class NoFactor extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'factor.none';

  constructor() {
    super('Recovery codes stand in for a second factor: set up an app or a passkey first.');
  }
}

/** A set-up at sign-in came too late: there is a factor by now, which is to be shown instead. */
export class FactorExists extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'factor.exists';

  constructor() {
    super('You have a second factor by now: sign in anew and show it.');
  }
}

/** An organization of the person requires a second factor, and this is the last. */
export class FactorRequired extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'factor.required';

  constructor() {
    super(
      'An organization that you are in requires a second factor: set up another before you remove this one.',
    );
  }
}

/** An administrator would free themselves of their own factors without showing them. */
export class OwnFactors extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'factor.own';

  constructor() {
    super('These are your own: remove them under /api/v1/me/factors, with a proof.');
  }
}

/** The person's factors guard other organizations too, for which this administrator cannot speak, or guard nothing here. */
export class FactorsShared extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'factor.shared';

  constructor() {
    super(
      'Factors are reset here for those alone who have come in here and are in no other organization, since the same factors guard the others: the person uses a recovery code, or the operator of this deployment resets them.',
    );
  }
}
