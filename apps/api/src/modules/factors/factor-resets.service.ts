import { Injectable } from '@nestjs/common';
import { currentContext } from '#core/context/context.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import type { Principal } from '#core/tenancy/principal.js';
import { IdentitiesService } from '#modules/users/identities.service.js';
import { requireCover } from '#modules/users/people.service.js';
import { PersonPlaces } from '#modules/users/person-places.service.js';
import { FactorNotices } from './factor-notices.service.js';
import { FactorsShared, OwnFactors } from './factors.exceptions.js';

/** How many of each were taken away. */
interface Taken extends Record<string, unknown> {
  totp: number;
  passkeys: number;
  recoveryCodes: number;
  devices: number;
}

/**
 * Takes all factors of somebody who lost them away, so that they set up new ones. The factors are the person's in
 * every organization: one organization may not open the doors of another, so its administrators reset those alone who
 * are nowhere else. The others have their recovery codes, and the operator.
 */
@Injectable()
export class FactorResets {
  constructor(
    private readonly system: SystemDb,
    private readonly places: PersonPlaces,
    private readonly identities: IdentitiesService,
    private readonly notices: FactorNotices,
    private readonly ledger: Ledger,
  ) {}

  /**
   * Resets a person of the administrator's organization. Quiet when they have no factor. Throws UserNotFound,
   * RoleTooHigh, {@link OwnFactors}, {@link FactorsShared}.
   */
  async byAdministrator(principal: Principal, userId: string): Promise<void> {
    const { organizationId } = principal;
    await this.system.transactionIn(organizationId, async (tx) => {
      const { identityId, hasComeIn } = await this.places.holder(tx, organizationId, userId);
      if (identityId === principal.identityId) throw new OwnFactors();
      // Nobody becomes a member elsewhere between this look and the reset.
      await this.places.hold(tx, identityId);
      const standing = await this.identities.standing(organizationId, userId);
      requireCover(principal, standing?.permissions ?? []);
      // A directory can name anybody: the answer would tell whether they have an account elsewhere.
      if (!hasComeIn || (await this.places.isElsewhere(tx, identityId, organizationId)))
        throw new FactorsShared();
      const taken = await this.#clear(tx, identityId);
      if (taken === null) return;
      const by = principal.actor.name;
      this.#record(organizationId, userId, { ...taken, by });
      const organization = await this.places.nameOf(tx, organizationId);
      await this.notices.post(tx, identityId, 'second_factor_reset', { organization });
    });
  }

  /** Resets whoever has `email`, as the operator of the deployment. Gives whether they had a factor; null for nobody. */
  async byOperator(email: string): Promise<boolean | null> {
    const identity = await this.identities.findByEmail(email);
    if (!identity) return null;
    return this.system.transaction(async (tx) => {
      await this.places.hold(tx, identity.id);
      const taken = await this.#clear(tx, identity.id);
      if (taken === null) return false;
      const places = await this.places.active(tx, identity.id);
      for (const { organizationId, membershipId } of places)
        this.#record(organizationId, membershipId, { ...taken, by: 'the operator' });
      await this.notices.post(tx, identity.id, 'second_factor_reset', { organization: 'Manydesk' });
      return true;
    });
  }

  async #clear(tx: SystemTransaction, identityId: string): Promise<Taken | null> {
    const where = { identityId };
    const { count: totp } = await tx.totpFactor.deleteMany({
      where: { ...where, confirmedAt: { not: null } },
    });
    await tx.totpFactor.deleteMany({ where });
    const { count: passkeys } = await tx.passkey.deleteMany({ where });
    const { count: recoveryCodes } = await tx.recoveryCode.deleteMany({ where });
    const { count: devices } = await tx.rememberedDevice.deleteMany({ where });
    await tx.passkeyChallenge.deleteMany({ where });
    await tx.factorGuess.deleteMany({ where });
    const isNothing = totp + passkeys + recoveryCodes + devices === 0;
    return isNothing ? null : { totp, passkeys, recoveryCodes, devices };
  }

  #record(organizationId: string, userId: string, data: Record<string, unknown>): void {
    const address = currentContext()?.origin?.address ?? null;
    this.ledger.recordIn(organizationId, {
      type: 'auth.second_factor_reset',
      subject: { type: 'user', id: userId },
      data: { ...data, address },
    });
  }
}
