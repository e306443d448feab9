import { Injectable } from '@nestjs/common';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import type { Principal } from '#core/tenancy/principal.js';
import { PersonPlaces } from '#modules/users/person-places.service.js';
import { FactorGuesses, type GuessPlace } from './factor-guesses.service.js';
import { FactorProofs, type PersonProof } from './factor-proofs.service.js';
import { FactorRecords } from './factor-records.service.js';
import { FactorNotFound, NoFactor } from './factors.exceptions.js';
import { RecoveryCodes } from './recovery-codes.service.js';
import { TotpFactors, type NewTotp } from './totp.service.js';

/** A person's authenticator app and recovery codes, as they set them up and take them away. */
@Injectable()
export class TotpSettings {
  constructor(
    private readonly system: SystemDb,
    private readonly places: PersonPlaces,
    private readonly totp: TotpFactors,
    private readonly codes: RecoveryCodes,
    private readonly records: FactorRecords,
    private readonly proofs: FactorProofs,
    private readonly guesses: FactorGuesses,
  ) {}

  /** Begins a set-up for whoever shows that it is they. Throws what {@link FactorProofs.require} does, TotpExists. */
  async begin(principal: Principal, proof: PersonProof): Promise<NewTotp> {
    return this.#begin(await this.proofs.require(principal, proof));
  }

  /**
   * The same for somebody who has shown their first factor alone, while they have no second. Throws FactorExists,
   * TotpExists.
   */
  async beginFirst(identityId: string): Promise<NewTotp> {
    await this.records.requireNone(this.system.client, identityId);
    return this.#begin(identityId);
  }

  /** Ends a set-up. Gives recovery codes, none if there are some. Throws PeopleOnly, TotpNotBegun, CodeWrong, TooManyGuesses. */
  confirm(principal: Principal, code: string): Promise<string[]> {
    return this.#confirm(this.proofs.personOf(principal), code, 'session', () => Promise.resolve());
  }

  /** The same for {@link beginFirst}. Throws FactorExists, TotpNotBegun, CodeWrong, TooManyGuesses. */
  confirmFirst(identityId: string, code: string): Promise<string[]> {
    return this.#confirm(identityId, code, 'sign_in', (tx) =>
      this.records.requireNone(tx, identityId),
    );
  }

  /** Takes the app away. Throws what {@link FactorProofs.require} does, FactorNotFound, FactorRequired. */
  async remove(principal: Principal, proof: PersonProof): Promise<void> {
    const identityId = await this.proofs.require(principal, proof);
    await this.system.transaction(async (tx) => {
      await this.places.hold(tx, identityId);
      if (!(await this.totp.remove(tx, identityId))) throw new FactorNotFound();
      await this.records.removed(tx, identityId, { factor: 'totp' });
    });
  }

  /** New recovery codes instead of the old. Throws what {@link FactorProofs.require} does, NoFactor. */
  async newCodes(principal: Principal, proof: PersonProof): Promise<string[]> {
    const identityId = await this.proofs.require(principal, proof);
    return this.system.transaction(async (tx) => {
      await this.places.hold(tx, identityId);
      if (!(await this.records.hasAny(tx, identityId))) throw new NoFactor();
      await this.records.tell(tx, identityId, 'auth.recovery_codes_made');
      return this.codes.replace(tx, identityId);
    });
  }

  async #begin(identityId: string): Promise<NewTotp> {
    const { email } = await this.places.person(this.system.client, identityId);
    return this.totp.begin(identityId, email);
  }

  async #confirm(
    identityId: string,
    code: string,
    place: GuessPlace,
    before: (tx: SystemTransaction) => Promise<void>,
  ): Promise<string[]> {
    await this.guesses.spend(identityId, place);
    const codes = await this.system.transaction(async (tx) => {
      await this.places.hold(tx, identityId);
      await before(tx);
      await this.totp.confirm(tx, identityId, code);
      return this.records.added(tx, identityId, { factor: 'totp' });
    });
    await this.guesses.forgive(identityId, place);
    return codes ?? [];
  }
}
