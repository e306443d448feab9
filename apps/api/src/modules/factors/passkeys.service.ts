import { Injectable } from '@nestjs/common';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { AppConfig } from '#core/config/config.module.js';
import type { Secrets } from '#core/config/secrets.js';
import { Clock } from '#core/context/clock.js';
import { newId } from '#core/context/ids.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import { Log } from '#core/logging/log.js';
import { PasskeyKnown, PasskeyRefused, TooManyPasskeys } from './factors.exceptions.js';
import {
  challengeOf,
  readAssertion,
  readAttestation,
  type PasskeyAnswer,
} from './passkey-answers.js';
import { PasskeyQuestions, QUESTION_LIFE } from './passkey-questions.service.js';

/** Passkeys that one person may have. */
const MOST_PASSKEYS = 20;

/** A passkey that has shown itself and is not kept yet. */
export interface NewPasskey {
  credentialId: string;
  publicKey: Uint8Array<ArrayBuffer>;
  counter: bigint;
  transports: string[];
  backedUp: boolean;
}

/** What an answer is taken for: by itself it says who somebody is, after a password it says that it is they. */
export type PasskeyUse = { as: 'sign_in' } | { as: 'second_factor'; identityId: string };

/**
 * Passkeys (WebAuthn Level 3). For a sign-in with nothing else the authenticator must have checked its user (a finger,
 * a face, a PIN), so that it counts as two factors, and it says itself whose it is: no question names a credential
 * before a password was right, so none tells whether an account exists.
 */
@Injectable()
export class Passkeys {
  readonly #origin: string;
  readonly #rpId: string;
  readonly #secrets: Secrets;

  constructor(
    private readonly system: SystemDb,
    private readonly questions: PasskeyQuestions,
    private readonly clock: Clock,
    private readonly log: Log,
    config: AppConfig,
  ) {
    const url = new URL(config.settings.publicUrl);
    this.#origin = url.origin;
    this.#rpId = url.hostname;
    this.#secrets = config.settings.secrets;
  }

  /** What the browser needs to make a passkey for a person. Throws {@link TooManyPasskeys}. */
  async creationOptions(
    identityId: string,
    person: { name: string; email: string },
  ): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const known = await this.#credentialsOf(identityId);
    if (known.length >= MOST_PASSKEYS) throw new TooManyPasskeys(MOST_PASSKEYS);
    return generateRegistrationOptions({
      rpName: 'Manydesk',
      rpID: this.#rpId,
      userID: this.#handleOf(identityId),
      userName: person.email,
      userDisplayName: person.name,
      challenge: await this.questions.ask('registration', identityId),
      timeout: QUESTION_LIFE,
      attestationType: 'none',
      excludeCredentials: known,
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
    });
  }

  /** Checks what a new passkey answered. Uses the question up. Throws {@link PasskeyRefused}. */
  async check(identityId: string, answer: PasskeyAnswer): Promise<NewPasskey> {
    const response = readAttestation(answer);
    const challenge = response && challengeOf(response);
    if (!challenge || !(await this.questions.take(challenge, 'registration', identityId)))
      throw new PasskeyRefused();
    const { registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: this.#origin,
      expectedRPID: this.#rpId,
      // A key without a PIN is a good second factor; as the only one it is refused at sign-in.
      requireUserVerification: false,
    }).catch((error: unknown) => this.#refused(error));
    if (!registrationInfo) throw new PasskeyRefused();
    const { credential, credentialBackedUp } = registrationInfo;
    return {
      credentialId: credential.id,
      publicKey: credential.publicKey,
      counter: BigInt(credential.counter),
      transports: response.response.transports ?? [],
      backedUp: credentialBackedUp,
    };
  }

  /** Keeps a passkey in `tx`. Gives its id. Throws {@link PasskeyKnown}. */
  async keep(
    tx: Pick<SystemTransaction, 'passkey'>,
    identityId: string,
    name: string,
    passkey: NewPasskey,
  ): Promise<string> {
    const id = newId();
    const row = { id, identityId, name, ...passkey, createdAt: this.clock.now() };
    const { count } = await tx.passkey.createMany({ data: [row], skipDuplicates: true });
    if (count === 0) throw new PasskeyKnown();
    return id;
  }

  /** What the browser needs to have a passkey answer. */
  async requestOptions(use: PasskeyUse): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const identityId = use.as === 'second_factor' ? use.identityId : null;
    const allowed = identityId === null ? undefined : await this.#credentialsOf(identityId);
    return generateAuthenticationOptions({
      rpID: this.#rpId,
      challenge: await this.questions.ask(use.as, identityId),
      timeout: QUESTION_LIFE,
      userVerification: use.as === 'sign_in' ? 'required' : 'preferred',
      ...(allowed ? { allowCredentials: allowed } : {}),
    });
  }

  /** Whose passkey answered; null for an answer that is not good, whatever is wrong with it. */
  async use(answer: PasskeyAnswer, use: PasskeyUse): Promise<string | null> {
    const response = readAssertion(answer);
    const challenge = response && challengeOf(response);
    if (!challenge) return null;
    const asked = use.as === 'second_factor' ? use.identityId : null;
    if (!(await this.questions.take(challenge, use.as, asked))) return null;
    const passkey = await this.system.client.passkey.findFirst({
      where: { credentialId: response.id, ...(asked === null ? {} : { identityId: asked }) },
    });
    if (!passkey || !this.#isHandleOf(passkey.identityId, response)) return null;
    const verdict = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: this.#origin,
      expectedRPID: this.#rpId,
      requireUserVerification: use.as === 'sign_in',
      credential: {
        id: passkey.credentialId,
        publicKey: new Uint8Array(passkey.publicKey),
        counter: Number(passkey.counter),
      },
    }).catch((error: unknown) => this.#doubted(passkey.id, error));
    if (!verdict?.verified) return null;
    const { newCounter, credentialBackedUp } = verdict.authenticationInfo;
    const { count } = await this.system.client.passkey.updateMany({
      // As it was read: of two answers with one count, one is a copy's.
      where: { id: passkey.id, counter: passkey.counter },
      data: {
        counter: BigInt(newCounter),
        backedUp: credentialBackedUp,
        lastUsedAt: this.clock.now(),
      },
    });
    return count === 0 ? null : passkey.identityId;
  }

  #credentialsOf(identityId: string): Promise<{ id: string; transports: string[] }[]> {
    return this.system.client.passkey
      .findMany({ where: { identityId }, select: { credentialId: true, transports: true } })
      .then((rows) => rows.map(({ credentialId: id, transports }) => ({ id, transports })));
  }

  /** By what an authenticator knows the account (WebAuthn, 14.6.1): says nothing about the person. */
  #handleOf(identityId: string): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#secrets.tag('sign-in-challenge', `passkey-user:${identityId}`));
  }

  #isHandleOf(identityId: string, { response }: AuthenticationResponseJSON): boolean {
    if (response.userHandle === undefined) return true;
    const right = Buffer.from(this.#handleOf(identityId)).toString('base64url');
    return response.userHandle === right;
  }

  #refused(error: unknown): never {
    this.log.warn('auth.passkey_refused', { reason: String(error).slice(0, 200) });
    throw new PasskeyRefused();
  }

  /** A count that went back is among these: somebody may have copied the authenticator. */
  #doubted(passkeyId: string, error: unknown): null {
    this.log.warn('auth.passkey_doubted', { passkeyId, reason: String(error).slice(0, 200) });
    return null;
  }
}
