import { Injectable } from '@nestjs/common';
import {
  COUNTED_AT_MOST,
  newestFirst,
  newestFirstCursor,
  toPage,
  type Page,
  type PageRequest,
} from '#core/database/page.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import type { Principal } from '#core/tenancy/principal.js';
import { PersonPlaces } from '#modules/users/person-places.service.js';
import type { CreatedPasskeyDto, PasskeyDto } from './dto/passkey.dto.js';
import { FactorProofs, type PersonProof } from './factor-proofs.service.js';
import { FactorRecords } from './factor-records.service.js';
import { FactorNotFound } from './factors.exceptions.js';
import { passkeySelect, toPasskeyDto } from './factors.view.js';
import type { PasskeyAnswer } from './passkey-answers.js';
import { Passkeys } from './passkeys.service.js';

/** A person's passkeys, as they set them up, name them and take them away. */
@Injectable()
export class PasskeySettings {
  constructor(
    private readonly system: SystemDb,
    private readonly places: PersonPlaces,
    private readonly passkeys: Passkeys,
    private readonly records: FactorRecords,
    private readonly proofs: FactorProofs,
  ) {}

  /** The passkeys, the newest first. Throws PeopleOnly. */
  async list(principal: Principal, page: PageRequest): Promise<Page<PasskeyDto>> {
    const identityId = this.proofs.personOf(principal);
    const { where, ...order } = newestFirst(page);
    const { passkey } = this.system.client;
    const [rows, counted] = await Promise.all([
      passkey.findMany({
        where: { AND: [{ identityId }, where] },
        ...order,
        select: passkeySelect,
      }),
      passkey.count({ where: { identityId }, take: COUNTED_AT_MOST }),
    ]);
    return toPage(rows, page, counted, newestFirstCursor, toPasskeyDto);
  }

  /**
   * What the browser needs to make a passkey, for whoever shows that it is they: the answer to it needs no further
   * proof. Throws what {@link FactorProofs.require} does, TooManyPasskeys.
   */
  async options(principal: Principal, proof: PersonProof): Promise<object> {
    return this.#options(await this.proofs.require(principal, proof));
  }

  /** The same for somebody who has shown their first factor alone, while they have no second. Throws FactorExists. */
  async firstOptions(identityId: string): Promise<object> {
    await this.records.requireNone(this.system.client, identityId);
    return this.#options(identityId);
  }

  /** Adds a passkey. Throws PeopleOnly, PasskeyRefused, PasskeyKnown. */
  add(principal: Principal, name: string, answer: PasskeyAnswer): Promise<CreatedPasskeyDto> {
    return this.#add(this.proofs.personOf(principal), name, answer, () => Promise.resolve());
  }

  /** The same for {@link firstOptions}. Throws FactorExists, PasskeyRefused, PasskeyKnown. */
  addFirst(identityId: string, name: string, answer: PasskeyAnswer): Promise<CreatedPasskeyDto> {
    return this.#add(identityId, name, answer, (tx) => this.records.requireNone(tx, identityId));
  }

  /** Gives a passkey another name. Throws PeopleOnly, FactorNotFound. */
  async rename(principal: Principal, id: string, name: string): Promise<PasskeyDto> {
    const where = { id, identityId: this.proofs.personOf(principal) };
    const { passkey } = this.system.client;
    await passkey.updateMany({ where, data: { name } });
    const row = await passkey.findFirst({ where, select: passkeySelect });
    if (!row) throw new FactorNotFound();
    return toPasskeyDto(row);
  }

  /** Takes a passkey away. Throws what {@link FactorProofs.require} does, FactorNotFound, FactorRequired. */
  async remove(principal: Principal, id: string, proof: PersonProof): Promise<void> {
    const identityId = await this.proofs.require(principal, proof);
    await this.system.transaction(async (tx) => {
      await this.places.hold(tx, identityId);
      const where = { id, identityId };
      const row = await tx.passkey.findFirst({ where, select: { name: true } });
      if (!row) throw new FactorNotFound();
      await tx.passkey.deleteMany({ where });
      await this.records.removed(tx, identityId, { factor: 'passkey', id, name: row.name });
    });
  }

  async #options(identityId: string): Promise<object> {
    const person = await this.places.person(this.system.client, identityId);
    return this.passkeys.creationOptions(identityId, person);
  }

  async #add(
    identityId: string,
    name: string,
    answer: PasskeyAnswer,
    before: (tx: SystemTransaction) => Promise<void>,
  ): Promise<CreatedPasskeyDto> {
    const passkey = await this.passkeys.check(identityId, answer);
    return this.system.transaction(async (tx) => {
      await this.places.hold(tx, identityId);
      await before(tx);
      const id = await this.passkeys.keep(tx, identityId, name, passkey);
      const changed = { factor: 'passkey' as const, id, name };
      const recoveryCodes = await this.records.added(tx, identityId, changed);
      const row = await tx.passkey.findFirstOrThrow({ where: { id }, select: passkeySelect });
      return { ...toPasskeyDto(row), recoveryCodes };
    });
  }
}
