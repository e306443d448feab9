import { DomainError } from '#core/errors/domain-error.js';

/** The first half of the sign-in is too long ago, or not ours. */
export class ChallengeOver extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'auth.challenge_over';

  constructor() {
    super('This sign-in took too long or is over: begin again with your password.');
  }
}

/** The second factor is wrong, or was used already. */
export class SecondFactorWrong extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'auth.second_factor_wrong';

  constructor() {
    super('The second factor is wrong or was used already: try again with a fresh one.');
  }
}

/** The passkey opens nothing; never says why. */
export class PasskeyOpensNothing extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'auth.passkey_refused';

  constructor() {
    super(
      'This passkey opens no account here: ask for new options, or sign in with your password.',
    );
  }
}
