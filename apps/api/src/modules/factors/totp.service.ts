import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import type { Secrets } from '#core/config/secrets.js';
import { Clock } from '#core/context/clock.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import { CodeWrong, TotpExists, TotpNotBegun } from './factors.exceptions.js';
import { TotpCodes, type NewTotp } from './totp-codes.service.js';

export type { NewTotp };

/** Milliseconds in which a set-up is to be confirmed. */
const SETUP_LIFE = 60 * 60_000;

/** Authenticator apps (RFC 6238). Secrets are sealed for their person; a code works once. */
@Injectable()
export class TotpFactors {
  readonly #secrets: Secrets;

  constructor(
    private readonly system: SystemDb,
    private readonly clock: Clock,
    private readonly codes: TotpCodes,
    config: AppConfig,
  ) {
    this.#secrets = config.settings.secrets;
  }

  /**
   * Begins a set-up, instead of one that was begun and not confirmed. It is no factor until {@link confirm}. Throws
   * {@link TotpExists}.
   */
  async begin(identityId: string, email: string): Promise<NewTotp> {
    const { bytes, shown } = this.codes.make(email);
    const sealed = this.#secrets.seal('sealed:totp', identityId, bytes);
    const at = this.clock.now().toISOString();
    const begun = await this.system.client.$executeRaw`
      insert into totp_factors as t (identity_id, sealed, created_at)
      values (${identityId}::uuid, ${sealed}, ${at}::timestamptz)
      on conflict (identity_id) do update
        set sealed = excluded.sealed, created_at = excluded.created_at, last_step = 0
      where t.confirmed_at is null`;
    if (begun === 0) throw new TotpExists();
    return shown;
  }

  /**
   * Makes the app that was begun a factor, in `tx`, by a code of it, which is used up by that. Hold the person first:
   * nothing may be begun between the look and the change. Throws {@link TotpNotBegun}, {@link CodeWrong}.
   */
  async confirm(tx: SystemTransaction, identityId: string, code: string): Promise<void> {
    const now = this.clock.now();
    const where = {
      identityId,
      confirmedAt: null,
      createdAt: { gt: new Date(now.getTime() - SETUP_LIFE) },
    };
    const row = await tx.totpFactor.findFirst({ where, select: { sealed: true, createdAt: true } });
    if (!row) throw new TotpNotBegun();
    const step = this.#stepOf(identityId, row.sealed, code);
    if (step === null) throw new CodeWrong();
    const { count } = await tx.totpFactor.updateMany({
      // As it was read: a set-up that was begun meanwhile has another secret.
      where: { ...where, createdAt: row.createdAt, sealed: row.sealed },
      data: { confirmedAt: now, lastStep: step },
    });
    if (count === 0) throw new TotpNotBegun();
  }

  /** Whether `code` is a right one that was not used before. Uses it up, and those before it. */
  async use(identityId: string, code: string): Promise<boolean> {
    const row = await this.system.client.totpFactor.findFirst({
      where: { identityId, confirmedAt: { not: null } },
      select: { sealed: true },
    });
    const step = row && this.#stepOf(identityId, row.sealed, code);
    if (step === null) return false;
    // One statement decides between two that show the same code at once.
    const { count } = await this.system.client.totpFactor.updateMany({
      where: { identityId, confirmedAt: { not: null }, lastStep: { lt: step } },
      data: { lastStep: step },
    });
    return count > 0;
  }

  /** Takes the app away in `tx`, and a set-up under way. Gives whether it was a factor. */
  async remove(tx: Pick<SystemTransaction, 'totpFactor'>, identityId: string): Promise<boolean> {
    const confirmed = { identityId, confirmedAt: { not: null } };
    const { count } = await tx.totpFactor.deleteMany({ where: confirmed });
    await tx.totpFactor.deleteMany({ where: { identityId } });
    return count > 0;
  }

  /** Deletes set-ups that nobody confirmed in time. Gives how many. */
  async deleteExpired(): Promise<number> {
    const begun = new Date(this.clock.now().getTime() - SETUP_LIFE);
    const where = { confirmedAt: null, createdAt: { lte: begun } };
    return (await this.system.client.totpFactor.deleteMany({ where })).count;
  }

  /** The time step of `code`, or null when it is none of those that are taken now. */
  #stepOf(identityId: string, sealed: Uint8Array, code: string): bigint | null {
    return this.codes.stepOf(this.#secrets.unseal('sealed:totp', identityId, sealed), code);
  }
}
