import { DomainError } from '#core/errors/domain-error.js';

/** The organization lets people in by its single sign-on alone. */
export class SsoRequired extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'auth.sso_required';

  constructor(organization: { id: string; name: string }) {
    super('Your organization asks you to come by single sign-on: use “Continue with SSO”.', {
      organization,
    });
  }
}

/** The first factor was right; the second is to follow. */
export class SecondFactorRequired extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'auth.second_factor_required';

  constructor(details: { challenge: string; methods: string[]; expiresIn: number }) {
    super('Show your second factor with this challenge: POST /auth/sessions/second-factor.', {
      ...details,
    });
  }
}

/** The organization demands a second factor, and the person has set up none. */
export class SecondFactorSetupRequired extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'auth.second_factor_setup_required';

  constructor(details: { challenge: string; expiresIn: number }) {
    super(
      'Your organization asks for a second factor: set one up with this challenge, POST /auth/factors/totp.',
      { ...details },
    );
  }
}
