import { DomainError } from '#core/errors/domain-error.js';

/** No such invitation, or none any more: unknown, foreign, used, revoked, resent and expired look the same. */
export class InvitationNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'invitation.not_found';

  constructor() {
    super('There is no such invitation, or it is not good any more: ask for a new one.');
  }
}

/** The address has an invitation that is not settled. */
export class InvitationPending extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'invitation.pending';

  constructor(invitationId: string) {
    super('This address is invited already: send the invitation again, or revoke it first.', {
      invitationId,
    });
  }
}

/** The organization invites addresses of its own domains alone. */
export class DomainNotAllowed extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'invitation.domain_not_allowed';

  constructor(allowed: string[]) {
    super(
      `The security policy allows addresses of these domains alone: ${allowed.join(', ')}. Change it, or invite another address.`,
      { allowed },
    );
  }
}

/** The last mail went out a moment ago. */
export class ResentLately extends DomainError {
  readonly kind = 'rate_limited';
  readonly code = 'invitation.resent_lately';

  constructor(seconds: number) {
    super(`The mail went out a moment ago: wait ${seconds} seconds and try again.`, {
      retryAfter: seconds,
    });
  }
}

/** So many invitations went out in a day that one more would be a nuisance. */
export class TooManyADay extends DomainError {
  readonly kind = 'rate_limited';
  readonly code = 'invitation.too_many_a_day';

  constructor(seconds: number) {
    super('So many invitations went out today that no more are sent: try again tomorrow.', {
      retryAfter: seconds,
    });
  }
}

/** More invitations are open than an organization may have: it must not become a sender of mails to strangers. */
export class TooManyInvitations extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'invitation.too_many';

  constructor(most: number) {
    super(`At most ${most} invitations may be open at once: revoke those that nobody needs.`);
  }
}

/** The signed-in person is not the one who was invited. */
export class OtherAddress extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'invitation.other_address';

  constructor() {
    super(
      'The invitation is for another address than that of your account: sign out, or ask to be invited with your own.',
    );
  }
}

/** The address has an account, and nothing shows that it is the caller's. */
export class ProofRequired extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'invitation.proof_required';

  constructor() {
    super(
      'This address has an account already: send its password, or sign in with it first. If it has no password, choose one by “Forgot your password?”.',
    );
  }
}

/** Whoever sent it may not invite to this role any more. */
export class NoLongerCovered extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'invitation.no_longer_covered';

  constructor() {
    super(
      'Whoever invited you may not give this role any more: ask the organization to invite you again.',
    );
  }
}
