import { Injectable } from '@nestjs/common';
import { newestFirst, type PageRequest } from '#core/database/page.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import type { OrganizationDto } from '#modules/organizations/dto/organization.dto.js';
import {
  organizationSelect,
  toOrganizationDto,
} from '#modules/organizations/organizations.service.js';
import type { UserDto } from './dto/user.dto.js';
import { normaliseEmail, type Place } from './identities.service.js';
import { toUserDto, userSelect } from './users.view.js';

/** What an organization demands of those who sign in to it. */
export interface SignInPolicy {
  /** Hours that a session may live in all. */
  sessionHours: number;
  secondFactorRequired: boolean;
  ssoRequired: boolean;
}

/** A place that is entered: who it belongs to, where it is, and what is demanded there. */
export interface EnteredPlace {
  user: UserDto;
  organization: OrganizationDto;
  policy: SignInPolicy;
}

/** Somebody who wants to sign in: the hash for checking a password, and where they would come in. */
export interface Applicant {
  identityId: string;
  email: string;
  name: string;
  passwordHash: string | null;
  passwordChangedAt: Date | null;
  /** Null when they are in no organization, or not in the one asked for. */
  place: Place | null;
}

/** One of a person's organizations. */
export interface OwnMembership {
  id: string;
  organizationId: string;
  createdAt: Date;
  lastActiveAt: Date | null;
  role: string;
  roleId: string | null;
  customRole: { name: string } | null;
  organization: { name: string; slug: string };
}

/** What reads and writes: the cross-tenant handle, or a transaction of it. */
type Handle = Pick<SystemTransaction, 'membership' | 'identity'>;

const policySelect = {
  sessionHours: true,
  secondFactorRequired: true,
  ssoRequired: true,
} as const;

const lastUsedFirst = [
  { lastActiveAt: { sort: 'desc', nulls: 'last' } },
  { createdAt: 'desc' },
  { id: 'desc' },
] as const;

/** What belongs to a person and not to one of their organizations: for the room of the sign-ins alone. */
@Injectable()
export class Accounts {
  constructor(private readonly system: SystemDb) {}

  /** The person with this address and the place asked for, or the one used last. One query, whoever there is. */
  async applicant(email: string, organizationId?: string | null): Promise<Applicant | null> {
    const row = await this.system.client.identity.findFirst({
      where: { email: normaliseEmail(email) },
      select: {
        id: true,
        email: true,
        name: true,
        passwordHash: true,
        passwordChangedAt: true,
        memberships: {
          where: { status: 'active', ...(organizationId ? { organizationId } : {}) },
          orderBy: [...lastUsedFirst],
          take: 1,
          select: { id: true, organizationId: true },
        },
      },
      relationLoadStrategy: 'join',
    });
    if (!row) return null;
    const [membership] = row.memberships;
    const { id: identityId, memberships: _, ...person } = row;
    return {
      identityId,
      ...person,
      place: membership
        ? { organizationId: membership.organizationId, membershipId: membership.id, identityId }
        : null,
    };
  }

  /** The same person by id. Throws when there is none. */
  async person(identityId: string): Promise<Omit<Applicant, 'place'>> {
    const { id, ...row } = await this.system.client.identity.findFirstOrThrow({
      where: { id: identityId },
      select: { id: true, email: true, name: true, passwordHash: true, passwordChangedAt: true },
    });
    return { identityId: id, ...row };
  }

  /**
   * Notes in `tx` that a place is used at `now`, and gives what it is; null when it is no longer active. The row
   * stays locked until the commit, so that who is removed meanwhile cannot be let in by a race.
   */
  async enter(tx: Handle, place: Place, now: Date): Promise<EnteredPlace | null> {
    const where = { organizationId: place.organizationId, id: place.membershipId };
    const { count } = await tx.membership.updateMany({
      where: { ...where, identityId: place.identityId, status: 'active' },
      data: { lastActiveAt: now },
    });
    if (count === 0) return null;
    const row = await tx.membership.findFirstOrThrow({
      where,
      select: {
        ...userSelect,
        organization: { select: { ...organizationSelect, ...policySelect } },
      },
      relationLoadStrategy: 'join',
    });
    const { sessionHours, secondFactorRequired, ssoRequired } = row.organization;
    return {
      user: toUserDto(row),
      organization: toOrganizationDto(row.organization),
      policy: { sessionHours, secondFactorRequired, ssoRequired },
    };
  }

  /** What the organization of a place demands, and the place's role there; null when the place is not active. */
  async policy(
    place: Place,
  ): Promise<(SignInPolicy & { role: string; organizationName: string }) | null> {
    const row = await this.system.client.membership.findFirst({
      where: {
        organizationId: place.organizationId,
        id: place.membershipId,
        identityId: place.identityId,
        status: 'active',
      },
      select: { role: true, organization: { select: { ...policySelect, name: true } } },
      relationLoadStrategy: 'join',
    });
    if (!row) return null;
    const { name: organizationName, ...policy } = row.organization;
    return { role: row.role, organizationName, ...policy };
  }

  /** The person's organizations, those joined last first: one more than the page, and how many there are. */
  async memberships(
    whose: { identityId: string; organizationId?: string },
    page: PageRequest,
    countedAtMost: number,
  ): Promise<{ rows: OwnMembership[]; counted: number }> {
    const { where, ...order } = newestFirst(page);
    const own = { ...whose, status: 'active' };
    const [rows, counted] = await Promise.all([
      this.system.client.membership.findMany({
        where: { AND: [own, where] },
        ...order,
        select: {
          id: true,
          organizationId: true,
          createdAt: true,
          lastActiveAt: true,
          role: true,
          roleId: true,
          customRole: { select: { name: true } },
          organization: { select: { name: true, slug: true } },
        },
        relationLoadStrategy: 'join',
      }),
      this.system.client.membership.count({ where: own, take: countedAtMost }),
    ]);
    return { rows, counted };
  }

  /** The names of the organizations that the person is in, by id. */
  async organizationNames(identityId: string): Promise<Map<string, string>> {
    const rows = await this.system.client.membership.findMany({
      where: { identityId },
      select: { organizationId: true, organization: { select: { name: true } } },
    });
    return new Map(rows.map((row) => [row.organizationId, row.organization.name]));
  }

  /**
   * Whether the password that was looked at is still the person's. Held until the end of `tx`, so that a change of it
   * waits, and then ends the session that `tx` opens.
   */
  async hasPasswordOf(
    tx: Pick<SystemTransaction, '$queryRaw'>,
    { identityId, passwordChangedAt }: Pick<Applicant, 'identityId' | 'passwordChangedAt'>,
  ): Promise<boolean> {
    const rows = await tx.$queryRaw<object[]>`
      select id from identities where id = ${identityId}::uuid
        and password_changed_at is not distinct from ${passwordChangedAt}::timestamptz for share`;
    return rows.length > 0;
  }

  /** Gives the person a new password; who set it has read their mail when `proved`. */
  async setPassword(
    tx: Handle,
    identityId: string,
    passwordHash: string,
    { now, proved }: { now: Date; proved: boolean },
  ): Promise<void> {
    await tx.identity.updateMany({
      where: { id: identityId },
      data: {
        passwordHash,
        passwordChangedAt: now,
        ...(proved ? { emailVerifiedAt: now } : {}),
      },
    });
  }

  /** Keeps the same password under newer parameters, unless it was changed meanwhile. */
  async rehash(identityId: string, from: string, to: string): Promise<void> {
    await this.system.client.identity.updateMany({
      where: { id: identityId, passwordHash: from },
      data: { passwordHash: to },
    });
  }

  /** Changes the person's address from `from` to `to`. Gives false when it is no longer `from`, or `to` is taken. */
  async changeEmail(
    tx: Handle,
    identityId: string,
    change: { from: string; to: string; now: Date },
  ): Promise<boolean> {
    const taken = await tx.identity.count({ where: { email: change.to } });
    if (taken > 0) return false;
    const { count } = await tx.identity.updateMany({
      where: { id: identityId, email: change.from },
      data: { email: change.to, emailVerifiedAt: change.now },
    });
    return count > 0;
  }

  /** Changes the person's name in the organization of `place`; `everywhere`: for those that they join later too. */
  async rename(tx: Handle, place: Place, name: string, everywhere: boolean): Promise<void> {
    if (everywhere)
      await tx.identity.updateMany({ where: { id: place.identityId }, data: { name } });
    await tx.membership.updateMany({
      where: { organizationId: place.organizationId, id: place.membershipId },
      data: { name },
    });
  }
}
