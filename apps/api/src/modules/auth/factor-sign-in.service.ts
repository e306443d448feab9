import { Injectable } from '@nestjs/common';
import { currentContext } from '#core/context/context.js';
import { Factors, type FactorProof, type PasskeyAnswer } from '#modules/factors/factors.service.js';
import { PasskeySettings } from '#modules/factors/passkey-settings.service.js';
import {
  SignInChallenges,
  type ChallengePurpose,
  type SignInChallenge,
} from '#modules/factors/sign-in-challenges.service.js';
import { TotpSettings } from '#modules/factors/totp-settings.service.js';
import { IdentitiesService } from '#modules/users/identities.service.js';
import { deviceWords } from './device-words.js';
import {
  ChallengeOver,
  PasskeyOpensNothing,
  SecondFactorWrong,
} from './factor-sign-in.exceptions.js';
import { SignIn, type OpenedSession } from './sign-in.service.js';

/** Sign-ins that a second factor ends, or that a passkey is the whole of. */
@Injectable()
export class FactorSignIn {
  constructor(
    private readonly factors: Factors,
    private readonly challenges: SignInChallenges,
    private readonly totp: TotpSettings,
    private readonly passkeys: PasskeySettings,
    private readonly identities: IdentitiesService,
    private readonly signIns: SignIn,
  ) {}

  /** What a browser needs to have a passkey answer: for the second half of a sign-in, or for all of it. Throws {@link ChallengeOver}. */
  async passkeyOptions(challenge: string | undefined): Promise<object> {
    if (challenge === undefined) return this.factors.passkeyOptions(null);
    const { identityId } = await this.#read(challenge, 'second_factor');
    return this.factors.passkeyOptions(identityId);
  }

  /**
   * Ends a sign-in by its second factor. `remembered` is the device's token when it is to be remembered. Throws
   * {@link ChallengeOver}, {@link SecondFactorWrong}, TooManyGuesses, and what SignIn.check throws.
   */
  async secondFactor(
    challenge: string,
    proof: FactorProof,
    rememberDevice: boolean,
  ): Promise<{ opened: OpenedSession; remembered: string | null }> {
    const { place, how } = await this.#enter(challenge, 'second_factor');
    if ((await this.factors.verify(place.identityId, proof, 'sign_in')) === null)
      throw new SecondFactorWrong();
    const opened = await this.signIns.open(place, how);
    const device = deviceWords(currentContext()?.origin?.userAgent ?? null);
    return {
      opened,
      remembered: rememberDevice ? await this.factors.remember(place.identityId, device) : null,
    };
  }

  /**
   * Signs in by a passkey alone, to the organization asked for or the one used last. Throws
   * {@link PasskeyOpensNothing}, and what SignIn.check throws.
   */
  async passkey(answer: PasskeyAnswer, organizationId: string | undefined): Promise<OpenedSession> {
    const identityId = await this.factors.byPasskey(answer);
    const place = identityId && (await this.identities.place(identityId, organizationId));
    if (!place) throw new PasskeyOpensNothing();
    const how = await this.signIns.check(place, { method: 'passkey', secondFactor: true });
    return this.signIns.open(place, how);
  }

  /** Begins to set up the authenticator app that an organization requires. Throws {@link ChallengeOver}, FactorExists. */
  async beginTotp(challenge: string): Promise<{ secret: string; otpauthUrl: string }> {
    return this.totp.beginFirst((await this.#read(challenge, 'setup')).identityId);
  }

  /** Ends it, and signs in. Throws {@link ChallengeOver}, FactorExists, TotpNotBegun, CodeWrong, TooManyGuesses. */
  async confirmTotp(challenge: string, code: string): Promise<[OpenedSession, string[]]> {
    const { place, how } = await this.#enter(challenge, 'setup');
    const codes = await this.totp.confirmFirst(place.identityId, code);
    return [await this.signIns.open(place, how), codes];
  }

  /** The same by a passkey. Throws {@link ChallengeOver}, FactorExists. */
  async beginPasskey(challenge: string): Promise<object> {
    return this.passkeys.firstOptions((await this.#read(challenge, 'setup')).identityId);
  }

  /** Ends it, and signs in. Throws {@link ChallengeOver}, FactorExists, PasskeyRefused, PasskeyKnown. */
  async addPasskey(
    challenge: string,
    name: string,
    answer: PasskeyAnswer,
  ): Promise<[OpenedSession, string[]]> {
    const { place, how } = await this.#enter(challenge, 'setup');
    const { recoveryCodes } = await this.passkeys.addFirst(place.identityId, name, answer);
    return [await this.signIns.open(place, how), recoveryCodes ?? []];
  }

  async #read(token: string, purpose: ChallengePurpose): Promise<SignInChallenge> {
    const challenge = await this.challenges.read(token, purpose);
    if (challenge === null) throw new ChallengeOver();
    return challenge;
  }

  /**
   * Where a challenge leads, with the second factor shown. Asked before the factor is looked at: a recovery code is not
   * used up for a door that stays shut.
   */
  async #enter(token: string, purpose: ChallengePurpose) {
    const { organizationId, membershipId, identityId, method } = await this.#read(token, purpose);
    const place = { organizationId, membershipId, identityId };
    return { place, how: await this.signIns.check(place, { method, secondFactor: true }) };
  }
}
