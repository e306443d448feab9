import { Injectable } from '@nestjs/common';
import { newId } from '#core/context/ids.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import { permissionsOf, type Permission } from '#core/tenancy/permissions.js';
import type { OrganizationDto } from '#modules/organizations/dto/organization.dto.js';
import {
  organizationSelect,
  toOrganizationDto,
} from '#modules/organizations/organizations.service.js';
import type { UserDto } from './dto/user.dto.js';
import { toUserDto, userSelect } from './users.view.js';

/** A person's place in one organization, as ids. */
export interface Place {
  organizationId: string;
  membershipId: string;
  identityId: string;
}

/** What a person is in one organization right now. */
export interface Standing {
  name: string;
  /** The custom role that the permissions are of; null for a built-in one. */
  roleId: string | null;
  permissions: ReadonlySet<Permission>;
  /** Why people only read there, if they do. */
  halted: 'suspended' | 'doomed' | null;
}

/** People as the deployment knows them, before they are anywhere: for sign-in and registration alone. */
@Injectable()
export class IdentitiesService {
  constructor(private readonly system: SystemDb) {}

  /** The person with this address, or null. The hash is for checking a password and goes nowhere else. */
  findByEmail(email: string): Promise<{ id: string; passwordHash: string | null } | null> {
    return this.system.client.identity.findFirst({
      where: { email: normaliseEmail(email) },
      select: { id: true, passwordHash: true },
    });
  }

  /** Makes a person inside `tx`. Gives their id, or null when another one with the address was made meanwhile. */
  async create(
    tx: SystemTransaction,
    person: { email: string; name: string; passwordHash: string },
  ): Promise<string | null> {
    const id = newId();
    const data = [{ id, ...person, email: normaliseEmail(person.email) }];
    const { count } = await tx.identity.createMany({ data, skipDuplicates: true });
    return count === 0 ? null : id;
  }

  /** The person with this address as `tx` sees it, or null. */
  known(tx: SystemTransaction, email: string): Promise<{ id: string; name: string } | null> {
    return tx.identity.findFirst({
      where: { email: normaliseEmail(email) },
      select: { id: true, name: true },
    });
  }

  /** Notes that the person has read a mail to their address, unless it is known already. */
  async verified(tx: SystemTransaction, id: string, at: Date): Promise<void> {
    await tx.identity.updateMany({
      where: { id, emailVerifiedAt: null },
      data: { emailVerifiedAt: at },
    });
  }

  /** Where a person signs in: the organization asked for if they are its member, else the one used last. */
  async place(identityId: string, organizationId: string | undefined): Promise<Place | null> {
    const membership = await this.system.client.membership.findFirst({
      where: {
        identityId,
        status: 'active',
        ...(organizationId === undefined ? {} : { organizationId }),
      },
      orderBy: [
        { lastActiveAt: { sort: 'desc', nulls: 'last' } },
        { createdAt: 'desc' },
        { id: 'desc' },
      ],
      select: { id: true, organizationId: true },
    });
    return (
      membership && {
        organizationId: membership.organizationId,
        membershipId: membership.id,
        identityId,
      }
    );
  }

  /** Who a place belongs to and where it is. */
  async describe({
    organizationId,
    membershipId,
  }: Place): Promise<{ user: UserDto; organization: OrganizationDto }> {
    const row = await this.system.client.membership.findFirstOrThrow({
      where: { organizationId, id: membershipId },
      select: { ...userSelect, organization: { select: organizationSelect } },
    });
    return { user: toUserDto(row), organization: toOrganizationDto(row.organization) };
  }

  /** The name and rights of a place as they are now, or null when it has ended. */
  async standing(organizationId: string, membershipId: string): Promise<Standing | null> {
    const row = await this.system.client.membership.findFirst({
      where: { organizationId, id: membershipId, status: 'active' },
      select: {
        name: true,
        role: true,
        roleId: true,
        customRole: { select: { permissions: true } },
        organization: { select: { suspendedAt: true, deleteAfter: true } },
      },
      relationLoadStrategy: 'join',
    });
    if (!row) return null;
    return {
      name: row.name,
      roleId: row.roleId,
      permissions: permissionsOf(row.role, row.customRole?.permissions ?? null),
      halted: haltOf(row.organization),
    };
  }
}

/** Suspension goes before: an owner can take a deletion back, and the operator's word alone a suspension. */
function haltOf(row: { suspendedAt: Date | null; deleteAfter: Date | null }): Standing['halted'] {
  if (row.suspendedAt) return 'suspended';
  return row.deleteAfter ? 'doomed' : null;
}

/** Addresses are compared in one form: lower case (no provider of note tells them apart by case), composed. */
export function normaliseEmail(email: string): string {
  return email.normalize('NFC').trim().toLowerCase();
}
