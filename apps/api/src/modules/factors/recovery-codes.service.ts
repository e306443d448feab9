import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import type { Secrets } from '#core/config/secrets.js';
import { Clock } from '#core/context/clock.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';

/** Codes that a person is given at once. */
const RECOVERY_CODES = 10;
/** Letters and digits that are not taken for one another (Crockford's base 32). */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
/** Three groups of four: 60 bits, so that a code cannot be guessed and can be typed. */
const GROUPS = 3;
const GROUP = 4;

type Handle = Pick<SystemTransaction, 'recoveryCode'>;

/** Codes on paper that stand in for the second factor, each once. Kept as HMACs alone, so a dump shows none. */
@Injectable()
export class RecoveryCodes {
  readonly #secrets: Secrets;

  constructor(
    private readonly clock: Clock,
    config: AppConfig,
  ) {
    this.#secrets = config.settings.secrets;
  }

  /** Makes new codes in `tx`, instead of all that the person had. This is the only time that they are seen. */
  async replace(tx: Handle, identityId: string): Promise<string[]> {
    const codes = Array.from({ length: RECOVERY_CODES }, newCode);
    await this.drop(tx, identityId);
    await tx.recoveryCode.createMany({
      data: codes.map((code) => ({
        identityId,
        codeHash: this.#hashOf(identityId, code),
        createdAt: this.clock.now(),
      })),
    });
    return codes;
  }

  /** Uses a code up in `tx`. Gives whether it was a good one: of two at once, one is told that it was. */
  async use(tx: Handle, identityId: string, code: string): Promise<boolean> {
    const { count } = await tx.recoveryCode.updateMany({
      where: { identityId, codeHash: this.#hashOf(identityId, code), usedAt: null },
      data: { usedAt: this.clock.now() },
    });
    return count > 0;
  }

  /** How many are left. */
  left(tx: Handle, identityId: string): Promise<number> {
    return tx.recoveryCode.count({ where: { identityId, usedAt: null } });
  }

  /** Takes all of them away in `tx`. */
  async drop(tx: Handle, identityId: string): Promise<void> {
    await tx.recoveryCode.deleteMany({ where: { identityId } });
  }

  #hashOf(identityId: string, code: string): Buffer<ArrayBuffer> {
    const plain = code.toLowerCase().replace(/[\s-]/g, '').replace(/o/g, '0').replace(/[il]/g, '1');
    return this.#secrets.tag('recovery-code', `${identityId}:${plain}`) as Buffer<ArrayBuffer>;
  }
}

function newCode(): string {
  const group = (): string =>
    Array.from({ length: GROUP }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}
