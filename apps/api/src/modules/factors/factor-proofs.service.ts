import { Injectable } from '@nestjs/common';
import { SystemDb } from '#core/database/system-db.js';
import type { Principal } from '#core/tenancy/principal.js';
import { PersonPlaces } from '#modules/users/person-places.service.js';
import { FactorGuesses } from './factor-guesses.service.js';
import { PeopleOnly, ProofRequired, ProofWrong } from './factors.exceptions.js';
import { Factors, type FactorProof } from './factors.service.js';
import { PasswordCheck } from './password-check.service.js';

/** What somebody who is signed in shows before their factors are changed: one of these. */
export interface PersonProof extends FactorProof {
  password?: string;
}

/**
 * Asks whoever is signed in to show that it is they: a token that was stolen is good for minutes, while a passkey
 * that it could add, or a factor that it could remove, would stay.
 */
@Injectable()
export class FactorProofs {
  constructor(
    private readonly system: SystemDb,
    private readonly places: PersonPlaces,
    private readonly factors: Factors,
    private readonly guesses: FactorGuesses,
    private readonly passwords: PasswordCheck,
  ) {}

  /** The person behind a principal. Throws {@link PeopleOnly} for an API key. */
  personOf({ identityId }: Principal): string {
    if (identityId === null) throw new PeopleOnly();
    return identityId;
  }

  /**
   * Takes the proof of a person, and gives who they are. Who has nothing to show is refused too: they come by the
   * single sign-on of one organization, which speaks for them there and not in another, where a factor would open as
   * well. Throws {@link PeopleOnly}, {@link ProofRequired}, {@link ProofWrong}, TooManyGuesses.
   */
  async require(principal: Principal, proof: PersonProof): Promise<string> {
    const identityId = this.personOf(principal);
    const { passwordHash } = await this.places.person(this.system.client, identityId);
    const { password, ...factor } = proof;
    if (password !== undefined) {
      await this.guesses.spend(identityId, 'session');
      if (passwordHash === null || !(await this.passwords.matches(passwordHash, password)))
        throw new ProofWrong();
      await this.guesses.forgive(identityId, 'session');
      return identityId;
    }
    if (Object.values(factor).some((part) => part !== undefined)) {
      if ((await this.factors.verify(identityId, factor, 'session')) === null)
        throw new ProofWrong();
      return identityId;
    }
    const methods = [
      ...(passwordHash === null ? [] : ['password']),
      ...(await this.factors.methods(identityId)),
    ];
    throw new ProofRequired(methods);
  }
}
