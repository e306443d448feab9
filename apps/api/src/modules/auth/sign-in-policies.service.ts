import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { Factors } from '#modules/factors/factors.service.js';
import {
  CHALLENGE_SECONDS,
  SignInChallenges,
  type FirstFactor,
} from '#modules/factors/sign-in-challenges.service.js';
import { Accounts, type SignInPolicy } from '#modules/users/accounts.service.js';
import type { Place } from '#modules/users/identities.service.js';
import { SessionEnded } from './auth.exceptions.js';
import {
  SecondFactorRequired,
  SecondFactorSetupRequired,
  SsoRequired,
} from './policy.exceptions.js';
import type { SessionOrigin } from './sessions.service.js';

const HOUR = 3_600_000;

/** What organizations demand of sign-ins, beyond a right first factor. */
@Injectable()
export class SignInPolicies {
  constructor(
    private readonly accounts: Accounts,
    private readonly factors: Factors,
    private readonly challenges: SignInChallenges,
    private readonly clock: Clock,
  ) {}

  /**
   * The way as it counts for this place. Throws {@link SsoRequired} (owners keep their own way in, or a broken provider
   * would lock everybody out), {@link SecondFactorRequired} for whoever has one, {@link SecondFactorSetupRequired} for
   * whoever has none where it is demanded. Single sign-on has asked for its own factors, a passkey counts as two.
   */
  async check(
    place: Place,
    how: SessionOrigin & { rememberedDevice?: string | null },
  ): Promise<SessionOrigin> {
    const policy = await this.accounts.policy(place);
    if (!policy) throw new SessionEnded();
    const { method, secondFactor, rememberedDevice } = how;
    if (policy.ssoRequired && method !== 'sso' && policy.role !== 'owner')
      throw new SsoRequired({ id: place.organizationId, name: policy.organizationName });
    if (method === 'sso' || method === 'passkey' || secondFactor) return { method, secondFactor };
    const methods = await this.factors.methods(place.identityId);
    if (methods.length === 0 && !policy.secondFactorRequired) return { method, secondFactor };
    const expiresIn = CHALLENGE_SECONDS;
    if (methods.length === 0) {
      const challenge = this.#challenge(place, method, 'setup');
      throw new SecondFactorSetupRequired({ challenge, expiresIn });
    }
    if (await this.factors.isRemembered(place.identityId, rememberedDevice))
      return { method, secondFactor: true };
    const challenge = this.#challenge(place, method, 'second_factor');
    throw new SecondFactorRequired({ challenge, methods, expiresIn });
  }

  /** Whether a session that was opened so has to be opened anew, because the policy has become stricter since. */
  isOver(
    session: { openedAt: Date; how: SessionOrigin; role: string },
    policy: SignInPolicy,
  ): boolean {
    const { method, secondFactor } = session.how;
    const end = session.openedAt.getTime() + policy.sessionHours * HOUR;
    if (end <= this.clock.now().getTime()) return true;
    if (method === 'sso') return false;
    if (policy.ssoRequired && session.role !== 'owner') return true;
    return policy.secondFactorRequired && !secondFactor;
  }

  #challenge(place: Place, method: FirstFactor, purpose: 'setup' | 'second_factor'): string {
    return this.challenges.issue({ ...place, method, purpose });
  }
}
