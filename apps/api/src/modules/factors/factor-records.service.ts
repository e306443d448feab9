import { Injectable } from '@nestjs/common';
import { currentContext } from '#core/context/context.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { PersonPlaces } from '#modules/users/person-places.service.js';
import { FactorNotices } from './factor-notices.service.js';
import { FactorExists, FactorRequired } from './factors.exceptions.js';
import { RecoveryCodes } from './recovery-codes.service.js';
import { RememberedDevices } from './remembered-devices.service.js';

/** What came or went. */
export interface ChangedFactor {
  factor: 'totp' | 'passkey';
  /** The passkey's. */
  id?: string;
  name?: string;
}

const EVENTS = {
  totp: { added: 'auth.second_factor_added', removed: 'auth.second_factor_removed' },
  passkey: { added: 'auth.passkey_added', removed: 'auth.passkey_removed' },
} as const;

/** What follows from a change of somebody's factors, in its transaction: codes, devices, events and mails. */
@Injectable()
export class FactorRecords {
  constructor(
    private readonly places: PersonPlaces,
    private readonly codes: RecoveryCodes,
    private readonly devices: RememberedDevices,
    private readonly notices: FactorNotices,
  ) {}

  /** A factor was added. Gives recovery codes when the person had none left, else null. */
  async added(
    tx: SystemTransaction,
    identityId: string,
    changed: ChangedFactor,
  ): Promise<string[] | null> {
    await this.tell(tx, identityId, EVENTS[changed.factor].added, { ...changed });
    await this.notices.post(tx, identityId, 'second_factor_added', { factor: changed.factor });
    const hasCodes = (await this.codes.left(tx, identityId)) > 0;
    return hasCodes ? null : this.codes.replace(tx, identityId);
  }

  /**
   * A factor was removed. With the last one go the codes that stood in for it and the devices that spared it. Throws
   * {@link FactorRequired}, which takes the removal back.
   */
  async removed(tx: SystemTransaction, identityId: string, changed: ChangedFactor): Promise<void> {
    if (!(await this.hasAny(tx, identityId))) {
      const places = await this.places.active(tx, identityId);
      if (places.some((place) => place.secondFactorRequired)) throw new FactorRequired();
      await this.codes.drop(tx, identityId);
      await this.devices.forgetAll(tx, identityId);
    }
    await this.tell(tx, identityId, EVENTS[changed.factor].removed, { ...changed });
    await this.notices.post(tx, identityId, 'second_factor_removed', { factor: changed.factor });
  }

  /** Whether the person has a second factor. */
  async hasAny(
    tx: Pick<SystemTransaction, 'totpFactor' | 'passkey'>,
    identityId: string,
  ): Promise<boolean> {
    const totp = await tx.totpFactor.count({ where: { identityId, confirmedAt: { not: null } } });
    return totp > 0 || (await tx.passkey.count({ where: { identityId } })) > 0;
  }

  /** Throws {@link FactorExists} when the person has a second factor: it is shown, not set up beside. */
  async requireNone(
    tx: Pick<SystemTransaction, 'totpFactor' | 'passkey'>,
    identityId: string,
  ): Promise<void> {
    if (await this.hasAny(tx, identityId)) throw new FactorExists();
  }

  /** Records what the person did, and from where, in the log of every organization that they are in. */
  async tell(
    tx: SystemTransaction,
    identityId: string,
    type: string,
    data: Record<string, unknown> = {},
  ): Promise<void> {
    const origin = currentContext()?.origin;
    const from = { address: origin?.address ?? null, userAgent: origin?.userAgent ?? null };
    await this.places.record(tx, identityId, { type, data: { ...data, ...from } });
  }
}
