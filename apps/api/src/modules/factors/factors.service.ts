import { Injectable } from '@nestjs/common';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import { FactorGuesses, type GuessPlace } from './factor-guesses.service.js';
import { FactorNotices } from './factor-notices.service.js';
import { FactorRecords } from './factor-records.service.js';
import type { PasskeyAnswer } from './passkey-answers.js';
import { Passkeys } from './passkeys.service.js';
import { RecoveryCodes } from './recovery-codes.service.js';
import { RememberedDevices } from './remembered-devices.service.js';
import { TotpFactors } from './totp.service.js';

export type { PasskeyAnswer };

/** Which further proofs a person has set up. */
export interface FactorsOf {
  /** Whether an authenticator app is set up and confirmed. */
  totp: boolean;
  passkeys: number;
  recoveryCodesLeft: number;
}

/** A way to show the second factor, as the client is told of it. */
export type FactorMethod = 'totp' | 'recovery_code' | 'passkey';

/** What somebody shows as their second factor: one of these. */
export interface FactorProof {
  code?: string;
  recoveryCode?: string;
  passkey?: PasskeyAnswer;
}

/** A person's further proofs, as the other rooms ask for them. */
@Injectable()
export class Factors {
  constructor(
    private readonly system: SystemDb,
    private readonly totp: TotpFactors,
    private readonly codes: RecoveryCodes,
    private readonly passkeys: Passkeys,
    private readonly devices: RememberedDevices,
    private readonly guesses: FactorGuesses,
    private readonly records: FactorRecords,
    private readonly notices: FactorNotices,
  ) {}

  /** What the person has set up. */
  async of(identityId: string): Promise<FactorsOf> {
    const { client } = this.system;
    const [totp, passkeys, recoveryCodesLeft] = await Promise.all([
      client.totpFactor.count({ where: { identityId, confirmedAt: { not: null } } }),
      client.passkey.count({ where: { identityId } }),
      this.codes.left(client, identityId),
    ]);
    return { totp: totp > 0, passkeys, recoveryCodesLeft };
  }

  /** How the person may show their second factor; none when they have set up none. */
  async methods(identityId: string): Promise<FactorMethod[]> {
    const { totp, passkeys, recoveryCodesLeft } = await this.of(identityId);
    if (!totp && passkeys === 0) return [];
    return [
      ...(totp ? (['totp'] as const) : []),
      ...(recoveryCodesLeft > 0 ? (['recovery_code'] as const) : []),
      ...(passkeys > 0 ? (['passkey'] as const) : []),
    ];
  }

  /**
   * Takes a second factor and uses it up: what was taken once is not taken again. Gives which it was, or null when it
   * is none of this person's. Throws TooManyGuesses, before it looks at a code.
   */
  async verify(
    identityId: string,
    proof: FactorProof,
    place: GuessPlace,
  ): Promise<FactorMethod | null> {
    const { code, recoveryCode, passkey } = proof;
    if (passkey !== undefined) {
      const whose = await this.passkeys.use(passkey, { as: 'second_factor', identityId });
      return whose === null ? null : 'passkey';
    }
    if (code === undefined && recoveryCode === undefined) return null;
    await this.guesses.spend(identityId, place);
    const isRight =
      code === undefined
        ? await this.#useRecoveryCode(identityId, recoveryCode!)
        : await this.totp.use(identityId, code);
    const factor = code === undefined ? 'recovery_code' : 'totp';
    if (!isRight) {
      await this.system.transaction((tx) =>
        this.records.tell(tx, identityId, 'auth.second_factor_failed', { factor }),
      );
      return null;
    }
    await this.guesses.forgive(identityId, place);
    return factor;
  }

  /** Whose passkey this is, which checked its user and so counts as two factors; null for any other answer. */
  byPasskey(answer: PasskeyAnswer): Promise<string | null> {
    return this.passkeys.use(answer, { as: 'sign_in' });
  }

  /** What a browser needs for a passkey: of anybody, or, after the first factor, of `identityId`. */
  passkeyOptions(identityId: string | null): Promise<object> {
    return this.passkeys.requestOptions(
      identityId === null ? { as: 'sign_in' } : { as: 'second_factor', identityId },
    );
  }

  /** Whether `token`, from the device's cookie, spares the person their second factor. */
  isRemembered(identityId: string, token: string | null | undefined): Promise<boolean> {
    return this.devices.isRemembered(identityId, token);
  }

  /** Remembers a device, named in words, for 30 days. Gives the token for its cookie. */
  async remember(identityId: string, device: string): Promise<string> {
    return this.system.transaction(async (tx) => {
      const { id, token } = await this.devices.remember(tx, identityId, device);
      await this.records.tell(tx, identityId, 'auth.device_remembered', { id, device });
      return token;
    });
  }

  /** Forgets every device of the person, in `tx`: whoever knew the password may have had one remembered. */
  async forgetDevices(
    tx: Pick<SystemTransaction, 'rememberedDevice'>,
    identityId: string,
  ): Promise<void> {
    await this.devices.forgetAll(tx, identityId);
  }

  async #useRecoveryCode(identityId: string, code: string): Promise<boolean> {
    return this.system.transaction(async (tx) => {
      if (!(await this.codes.use(tx, identityId, code))) return false;
      const left = await this.codes.left(tx, identityId);
      await this.records.tell(tx, identityId, 'auth.recovery_code_used', { left });
      await this.notices.post(tx, identityId, 'recovery_code_used', { left });
      return true;
    });
  }
}
