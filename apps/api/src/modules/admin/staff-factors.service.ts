import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import { Clock } from '#core/context/clock.js';
import { AdminDb } from '#core/database/admin-db.js';
import { TotpCodes, type NewTotp } from '#modules/factors/totp-codes.service.js';

/** The second factor of the staff, without which nobody of them comes in: an authenticator app, sealed for its person. */
@Injectable()
export class StaffFactors {
  readonly #secrets;

  constructor(
    private readonly db: AdminDb,
    private readonly codes: TotpCodes,
    private readonly clock: Clock,
    config: AppConfig,
  ) {
    this.#secrets = config.settings.secrets;
  }

  /** Begins a set-up for who has none yet; null for who has one. */
  async begin({ id, email }: { id: string; email: string }): Promise<NewTotp | null> {
    const { bytes, shown } = this.codes.make(`${email} (staff)`);
    const { count } = await this.db.client.staffMember.updateMany({
      where: { id, totpConfirmedAt: null },
      data: { totpSealed: this.#secrets.seal('sealed:staff-totp', id, bytes), totpLastStep: 0n },
    });
    return count > 0 ? shown : null;
  }

  /** Whether `code` is a right one that was not used before. Uses it up; a first one confirms the app. */
  async use(id: string, code: string): Promise<boolean> {
    const { client } = this.db;
    const row = await client.staffMember.findFirst({
      where: { id, endedAt: null, totpSealed: { not: null } },
      select: { totpSealed: true, totpConfirmedAt: true },
    });
    if (!row?.totpSealed) return false;
    const secret = this.#secrets.unseal('sealed:staff-totp', id, row.totpSealed);
    const step = this.codes.stepOf(secret, code);
    if (step === null) return false;
    // One statement decides between two that show the same code at once; a set-up begun meanwhile has another secret.
    const { count } = await client.staffMember.updateMany({
      where: { id, totpSealed: row.totpSealed, totpLastStep: { lt: step } },
      data: { totpLastStep: step, totpConfirmedAt: row.totpConfirmedAt ?? this.clock.now() },
    });
    return count > 0;
  }
}
