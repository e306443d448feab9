import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import type { Secrets } from '#core/config/secrets.js';
import { Clock } from '#core/context/clock.js';
import { isId } from '#core/context/ids.js';
import { SystemDb } from '#core/database/system-db.js';
import type { Place } from '#modules/users/identities.service.js';
import { PersonPlaces } from '#modules/users/person-places.service.js';

/** Seconds that a challenge is good. */
export const CHALLENGE_SECONDS = 5 * 60;

const LONGEST = 1_000;

/** What is still to be shown: a second factor that there is, or one that is to be set up first. */
export type ChallengePurpose = 'second_factor' | 'setup';

/** How the first factor was shown. */
export type FirstFactor = 'password' | 'link';

/** A sign-in that stopped half way: who showed the first factor, for which organization, and what is to follow. */
export interface SignInChallenge extends Place {
  purpose: ChallengePurpose;
  method: FirstFactor;
  issuedAt: Date;
}

/**
 * Sign-ins that wait for their second half, as tokens that are kept nowhere: the claims and an HMAC over them.
 *
 * A token is no more than the proof of the first factor for minutes. What opens a session is the second factor, and
 * each kind of that works once: a code by its time step, a recovery code by its row, a passkey by its question, a
 * set-up because there is a factor afterwards. So a token that is shown again opens nothing by itself.
 */
@Injectable()
export class SignInChallenges {
  readonly #secrets: Secrets;

  constructor(
    private readonly system: SystemDb,
    private readonly places: PersonPlaces,
    private readonly clock: Clock,
    config: AppConfig,
  ) {
    this.#secrets = config.settings.secrets;
  }

  /** A token for the rest of this sign-in, good for {@link CHALLENGE_SECONDS}. */
  issue(challenge: Omit<SignInChallenge, 'issuedAt'>): string {
    const { identityId, organizationId, membershipId, method, purpose } = challenge;
    const at = this.clock.now().getTime();
    const claims = JSON.stringify([purpose, method, identityId, organizationId, membershipId, at]);
    const body = Buffer.from(claims).toString('base64url');
    return `${body}.${this.#tagOf(body).toString('base64url')}`;
  }

  /**
   * What a token of `purpose` says; null when we did not issue it, or not for this, or too long ago, or the person has
   * another password since: whoever knew the old one is held up here.
   */
  async read(token: string, purpose: ChallengePurpose): Promise<SignInChallenge | null> {
    const challenge = this.#check(token, purpose);
    if (challenge === null) return null;
    const { identityId, issuedAt } = challenge;
    const isOver = await this.places.hasChangedSince(this.system.client, identityId, issuedAt);
    return isOver ? null : challenge;
  }

  #check(token: string, purpose: ChallengePurpose): SignInChallenge | null {
    const [body, tag, ...more] = token.length > LONGEST ? [] : token.split('.');
    if (!body || !tag || more.length > 0) return null;
    const shown = Buffer.from(tag, 'base64url');
    const right = this.#tagOf(body);
    if (shown.length !== right.length || !timingSafeEqual(shown, right)) return null;
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as unknown[];
    const [is, method, identityId, organizationId, membershipId, at] = claims;
    const age = this.clock.now().getTime() - (at as number);
    if (is !== purpose || age < 0 || age >= CHALLENGE_SECONDS * 1000) return null;
    if (!isId(identityId) || !isId(organizationId) || !isId(membershipId)) return null;
    return {
      purpose,
      method: method as FirstFactor,
      identityId,
      organizationId,
      membershipId,
      issuedAt: new Date(at as number),
    };
  }

  #tagOf(body: string): Buffer {
    return this.#secrets.tag('sign-in-challenge', body);
  }
}
