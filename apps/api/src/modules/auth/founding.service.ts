import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import type { Role } from '#core/tenancy/permissions.js';
import { OrganizationsService } from '#modules/organizations/organizations.service.js';
import { Accounts } from '#modules/users/accounts.service.js';
import { IdentitiesService } from '#modules/users/identities.service.js';
import { UsersService } from '#modules/users/users.service.js';
import { EmailTaken } from './auth.exceptions.js';
import type { SignedInDto } from './dto/auth.dto.js';
import { hashPassword } from './password.js';
import type { SignedInPerson } from './person.js';
import { SignIn, type OpenedSession, type SignInMethod } from './sign-in.service.js';

export { hashPassword };

/** Somebody who has proved their address and founds an organization. */
export interface Founder {
  organizationName: string;
  name: string;
  email: string;
  passwordHash: string;
}

/** How organizations and their first people come to be. */
@Injectable()
export class Founding {
  constructor(
    private readonly system: SystemDb,
    private readonly identities: IdentitiesService,
    private readonly accounts: Accounts,
    private readonly organizations: OrganizationsService,
    private readonly users: UsersService,
    private readonly signIns: SignIn,
    private readonly clock: Clock,
  ) {}

  /**
   * Founds an organization with its first owner, after `within` has run in the same transaction, and signs them in.
   * Throws {@link EmailTaken}.
   */
  async found(
    founder: Founder,
    how: SignInMethod,
    within?: (tx: SystemTransaction) => Promise<void>,
  ): Promise<OpenedSession> {
    const { organizationName, name, email, passwordHash } = founder;
    const organizationId = this.organizations.newOrganizationId();
    return this.signIns.openAt(organizationId, how, async (tx) => {
      await within?.(tx);
      const identityId = await this.identities.create(tx, { name, email, passwordHash });
      // Two links of one address at once: one makes the person, the other is told.
      if (identityId === null) throw new EmailTaken();
      const now = this.clock.now();
      await this.accounts.setPassword(tx, identityId, passwordHash, { now, proved: true });
      await this.organizations.open(tx, organizationId, organizationName);
      const { id } = await this.users.join(tx, organizationId, { identityId, name, role: 'owner' });
      return { organizationId, membershipId: id, identityId };
    });
  }

  /** Founds a further organization of a person who is signed in, and moves their session there. */
  async foundFurther(person: SignedInPerson, organizationName: string): Promise<SignedInDto> {
    const { sessionId, identityId, ...from } = person;
    const { name } = await this.accounts.person(identityId);
    const organizationId = this.organizations.newOrganizationId();
    return this.signIns.move(sessionId, { ...from, identityId }, organizationId, async (tx) => {
      await this.organizations.open(tx, organizationId, organizationName);
      const { id } = await this.users.join(tx, organizationId, { identityId, name, role: 'owner' });
      return { organizationId, membershipId: id, identityId };
    });
  }

  /** Makes a person with a password and a place in `organizationId`. Gives the user's id. Throws {@link EmailTaken}. */
  async addPerson(
    organizationId: string,
    person: { name: string; email: string; password: string; role: Role },
  ): Promise<string> {
    const { name, email, role } = person;
    const passwordHash = await hashPassword(person.password);
    return this.system.transactionIn(organizationId, async (tx) => {
      const identityId = await this.identities.create(tx, { email, name, passwordHash });
      if (identityId === null) throw new EmailTaken();
      return (await this.users.join(tx, organizationId, { identityId, name, role })).id;
    });
  }
}
