import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { currentContext, runInContext, type Actor } from '#core/context/context.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { Accounts, type EnteredPlace } from '#modules/users/accounts.service.js';
import type { Place } from '#modules/users/identities.service.js';
import { ACCESS_TOKEN_SECONDS, AccessTokens } from './access-tokens.service.js';
import { SessionEnded } from './auth.exceptions.js';
import type { SignedInDto } from './dto/auth.dto.js';
import { SessionsService, type SessionOrigin } from './sessions.service.js';
import { SignInPolicies } from './sign-in-policies.service.js';

/** A session that was opened or carried on: what the client is told, and the token that goes into its cookie. */
export interface OpenedSession {
  signedIn: SignedInDto;
  refreshToken: string;
}

/** By what somebody proved who they are. */
export interface SignInMethod extends SessionOrigin {
  /** The token of a device that need not show the second factor again. */
  rememberedDevice?: string | null;
}

/** Opens sessions, for every room that lets somebody in. */
@Injectable()
export class SignIn {
  constructor(
    private readonly system: SystemDb,
    private readonly accounts: Accounts,
    private readonly policies: SignInPolicies,
    private readonly sessions: SessionsService,
    private readonly tokens: AccessTokens,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /**
   * Whether a place may be entered in this way. Gives the way as it counts; throws what the organization demands
   * beyond it: SsoRequired, SecondFactorRequired, SecondFactorSetupRequired; {@link SessionEnded} when the place is
   * not active.
   */
  check(place: Place, how: SignInMethod): Promise<SessionOrigin> {
    return this.policies.check(place, how);
  }

  /**
   * Opens a session at `place` in one transaction, after `within` has run in it. Ask {@link check} first: this does
   * not. Throws {@link SessionEnded} when the place is not active.
   */
  open(
    place: Place,
    how: SignInMethod,
    within?: (tx: SystemTransaction) => Promise<void>,
  ): Promise<OpenedSession> {
    return this.openAt(place.organizationId, how, async (tx) => {
      await within?.(tx);
      return place;
    });
  }

  /** The same for a place that `make` makes in the transaction: an organization just founded, an invitation accepted. */
  openAt(
    organizationId: string,
    how: SignInMethod,
    make: (tx: SystemTransaction) => Promise<Place>,
  ): Promise<OpenedSession> {
    return this.system.transactionIn(organizationId, async (tx) =>
      this.#open(tx, await make(tx), how),
    );
  }

  /** Carries a session on. Throws {@link SessionEnded}. */
  async refresh(token: string): Promise<OpenedSession> {
    const { id, refreshToken, openedAt, how, ...place } = await this.sessions.rotate(token);
    const entered = await this.accounts.enter(this.system.client, place, this.clock.now());
    const isOver =
      !entered || this.policies.isOver({ openedAt, how, role: entered.user.role }, entered.policy);
    if (isOver) {
      await this.sessions.revoke(this.system.client, id);
      this.sessions.forget(id);
      throw new SessionEnded();
    }
    return { signedIn: this.#describe(id, place, entered), refreshToken };
  }

  /**
   * Moves a session to a place of the same person in another organization, in one transaction with `make`. What was
   * cached for the old one ends with the commit. Throws {@link SessionEnded}.
   */
  async move(
    sessionId: string,
    from: Place,
    to: string,
    make: (tx: SystemTransaction) => Promise<Place>,
  ): Promise<SignedInDto> {
    const signedIn = await this.system.transactionIn(to, async (tx) => {
      const place = await make(tx);
      const entered = await this.accounts.enter(tx, place, this.clock.now());
      if (!entered) throw new SessionEnded();
      const how = await this.sessions.move(tx, sessionId, place, entered.policy.sessionHours);
      if (!how) throw new SessionEnded();
      // Neither log learns the other's name: that somebody is in another organization is theirs to tell.
      this.#tell(from.organizationId, from.membershipId, sessionId, { to: 'another' });
      this.#tell(place.organizationId, place.membershipId, sessionId, { to: 'this', ...how });
      return this.#describe(sessionId, place, entered);
    });
    this.sessions.forget(sessionId);
    return signedIn;
  }

  async #open(tx: SystemTransaction, place: Place, how: SignInMethod): Promise<OpenedSession> {
    const entered = await this.accounts.enter(tx, place, this.clock.now());
    if (!entered) throw new SessionEnded();
    const { method, secondFactor } = how;
    const { address = null, userAgent = null } = currentContext()?.origin ?? {};
    const hours = entered.policy.sessionHours;
    const session = { method, secondFactor, userAgent, hours };
    const { id, refreshToken } = await this.sessions.open(tx, place, session);
    const subject = { type: 'session', id };
    this.#as(entered.user.id, entered.user.name, () => {
      const data = { method, secondFactor, address, userAgent };
      this.ledger.record({ type: 'auth.signed_in', subject, data });
      if (entered.policy.ssoRequired && method !== 'sso')
        this.ledger.record({ type: 'sso.break_glass_used', subject, data });
    });
    return { signedIn: this.#describe(id, place, entered), refreshToken };
  }

  #tell(organizationId: string, membershipId: string, id: string, data: object): void {
    const { address = null, userAgent = null } = currentContext()?.origin ?? {};
    this.#as(membershipId, '', () =>
      this.ledger.recordIn(organizationId, {
        type: 'auth.organization_switched',
        subject: { type: 'session', id },
        data: { ...data, address, userAgent },
      }),
    );
  }

  #as(id: string, name: string, work: () => void): void {
    const actor: Actor = { type: 'user', id, name };
    runInContext({ requestId: 'system', ...currentContext(), actor }, work);
  }

  #describe(sid: string, place: Place, { user, organization }: EnteredPlace): SignedInDto {
    const { membershipId: sub, organizationId: org } = place;
    const accessToken = this.tokens.sign({ sub, sid, org });
    return { accessToken, expiresIn: ACCESS_TOKEN_SECONDS, user, organization };
  }
}
