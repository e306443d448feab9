import { Injectable } from '@nestjs/common';
import { SystemDb } from '#core/database/system-db.js';
import { ValidationFailed } from '#core/errors/domain-error.js';
import { PersonProofs } from '#modules/auth/person-proofs.service.js';
import { SignIn, type OpenedSession, type SignInMethod } from '#modules/auth/sign-in.service.js';
import { IdentitiesService } from '#modules/users/identities.service.js';
import type { OfferDto } from './dto/acceptance.dto.js';
import {
  InvitationArrival,
  type Comer,
  type GoodInvitation,
} from './invitation-arrival.service.js';
import { OtherAddress, ProofRequired } from './invitations.exceptions.js';

/** What somebody brings who accepts: a name and a password of their choice, the password of their account, or a session. */
export interface Acceptance {
  name?: string | undefined;
  password?: string | undefined;
  /** The access token that came with the request. */
  credential: string | null;
  /** The `Cookie` header. */
  cookies: string | undefined;
}

/** The other end of an invitation: whoever holds its link is in no organization yet. */
@Injectable()
export class AcceptanceService {
  constructor(
    private readonly system: SystemDb,
    private readonly identities: IdentitiesService,
    private readonly arrivals: InvitationArrival,
    private readonly proofs: PersonProofs,
    private readonly signIns: SignIn,
  ) {}

  /** What the link offers. Throws InvitationNotFound, OrganizationSuspended. */
  async offer(token: string): Promise<OfferDto> {
    const { row, facts } = await this.arrivals.find(this.system.client, token);
    const account = await this.identities.findByEmail(row.email);
    return {
      organizationName: facts.name,
      inviterName: row.invitedBy?.name ?? null,
      email: row.email,
      roleName: row.customRole?.name ?? row.role,
      hasAccount: account !== null,
    };
  }

  /**
   * Takes the offer and signs in. Throws what {@link InvitationArrival.settle} throws, OtherAddress, InvalidCredentials,
   * and, when they are in but the organization demands more of a sign-in, what that is: they go on by showing it.
   */
  async accept(token: string, acceptance: Acceptance): Promise<OpenedSession> {
    const invitation = await this.arrivals.find(this.system.client, token);
    const { organizationId } = invitation.row;
    const { comer, how } = await this.#meet(invitation, acceptance);
    const { secondFactorRequired, ssoRequired } = invitation.facts;
    // Nobody new has a second factor: where none is demanded there is nothing to ask, and all is one transaction.
    if (!('identityId' in comer) && !secondFactorRequired && !ssoRequired) {
      return this.signIns.openAt(organizationId, how, (tx) =>
        this.arrivals.settle(tx, organizationId, token, comer),
      );
    }
    const place = await this.system.transactionIn(organizationId, (tx) =>
      this.arrivals.settle(tx, organizationId, token, comer),
    );
    return this.signIns.open(place, await this.signIns.check(place, how));
  }

  async #meet(
    { row, facts }: GoodInvitation,
    { name, password, credential, cookies }: Acceptance,
  ): Promise<{ comer: Comer; how: SignInMethod }> {
    const account = await this.identities.findByEmail(row.email);
    if (password === undefined && credential !== null) {
      const proved = await this.proofs.bySession(credential);
      if (proved === null) throw new ProofRequired();
      if (proved.identityId !== account?.id) throw new OtherAddress();
      return { comer: { identityId: proved.identityId }, how: proved.how };
    }
    if (account) {
      if (password === undefined) throw new ProofRequired();
      const { identityId, how } = await this.proofs.byPassword(row.email, password, { cookies });
      return { comer: { identityId }, how };
    }
    if (name === undefined) throw new ValidationFailed([{ field: 'name', problem: 'is missing' }]);
    if (password === undefined)
      throw new ValidationFailed([{ field: 'password', problem: 'is missing' }]);
    const passwordHash = await this.proofs.choose(password, [row.email, name, facts.name]);
    const how = { method: 'password' as const, secondFactor: false };
    return { comer: { name, passwordHash }, how };
  }
}
