import { Injectable } from '@nestjs/common';
import { requireOrganizationId } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import { permissionsOf, type Permission } from '#core/tenancy/permissions.js';
import { normaliseEmail } from './identities.service.js';
import type { UserStatus } from './user-terms.js';

/** What somebody is in one organization, in whatever standing. */
export interface Arrival {
  membershipId: string;
  identityId: string;
  name: string;
  status: UserStatus;
  permissions: ReadonlySet<Permission>;
}

type Reader = Pick<SystemTransaction, 'membership' | 'identity'>;

const arrivalSelect = {
  id: true,
  identityId: true,
  name: true,
  status: true,
  role: true,
  customRole: { select: { permissions: true } },
} as const;

/**
 * People whom an organization's own provider or directory brings. Only a place in that organization is ever made for
 * them: the person, when there is one already, stays as they are.
 */
@Injectable()
export class Arrivals {
  constructor(private readonly system: SystemDb) {}

  /** The place in the organization in context of whoever has this address, or null. */
  async placeOf(email: string): Promise<string | null> {
    const organizationId = requireOrganizationId('a person by their address');
    const row = await this.system.client.membership.findFirst({
      where: { organizationId, identity: { email: normaliseEmail(email) } },
      select: { id: true },
    });
    return row?.id ?? null;
  }

  /** Who has this address in the deployment, or null. */
  async identityOf(tx: Reader, email: string): Promise<string | null> {
    const row = await tx.identity.findFirst({
      where: { email: normaliseEmail(email) },
      select: { id: true },
    });
    return row?.id ?? null;
  }

  /** What that person is in the organization, or null when they never were. */
  async ofIdentity(tx: Reader, organizationId: string, identityId: string) {
    return this.#find(tx, { organizationId, identityId });
  }

  /** What the holder of a place is in the organization, or null. */
  async ofMembership(tx: Reader, organizationId: string, id: string): Promise<Arrival | null> {
    return this.#find(tx, { organizationId, id });
  }

  /**
   * Makes a person without a password in `tx`. `verifiedAt` is when their address was proved, null when it was not.
   * Gives their id, or null when somebody with the address was made meanwhile.
   */
  async newIdentity(
    tx: Reader,
    person: { email: string; name: string; verifiedAt: Date | null },
  ): Promise<string | null> {
    const id = newId();
    const { count } = await tx.identity.createMany({
      data: [
        {
          id,
          name: person.name,
          email: normaliseEmail(person.email),
          passwordHash: null,
          emailVerifiedAt: person.verifiedAt,
        },
      ],
      skipDuplicates: true,
    });
    return count === 0 ? null : id;
  }

  async #find(
    tx: Reader,
    where: { organizationId: string; identityId: string } | { organizationId: string; id: string },
  ): Promise<Arrival | null> {
    const row = await tx.membership.findFirst({ where, select: arrivalSelect });
    return (
      row && {
        membershipId: row.id,
        identityId: row.identityId,
        name: row.name,
        status: row.status as UserStatus,
        permissions: permissionsOf(row.role, row.customRole?.permissions ?? null),
      }
    );
  }
}
