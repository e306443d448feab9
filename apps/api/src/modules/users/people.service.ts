import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { currentContext, requireOrganizationId, runInContext } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { Entitlements } from '#core/tenancy/entitlements.js';
import { permissionsOf } from '#core/tenancy/permissions.js';
import { PrincipalCache } from '#core/tenancy/principal-cache.js';
import { OrganizationsService } from '#modules/organizations/organizations.service.js';
import { requireCover, requireStill, type Authority } from './authority.js';
import type { UserDto } from './dto/user.dto.js';
import { giveableRole, roleOf, type GiveableRole } from './giveable-role.js';
import { requireSeat } from './seats.js';
import { AlreadyMember, LastOwner, UserNotFound } from './users.exceptions.js';
import { toUserDto, userSelect } from './users.view.js';

// A room is entered by its service: whoever lets people in or changes them says with what right.
export { DIRECTORY, requireCover, requireStill, type Authority } from './authority.js';
export { giveableRole, roleOf, type GiveableRole } from './giveable-role.js';
export { AlreadyMember } from './users.exceptions.js';

export interface PersonChange {
  name?: string;
  /** A built-in role or the id of a custom one. */
  role?: string;
}

/** Somebody who is to be in an organization. */
export interface NewMember {
  identityId: string;
  name: string;
  role: GiveableRole;
}

const personSelect = {
  ...userSelect,
  endedAt: true,
  customRole: { select: { name: true, permissions: true } },
} as const;

/**
 * What becomes of the people of the organization in context. Nobody changes or takes more than they have, and an
 * organization always keeps an owner. Goes through the cross-tenant handle, because the tenant role may write no
 * membership; every change holds the organization's row from its beginning, so that of two owners who demote each
 * other one is refused.
 */
@Injectable()
export class PeopleService {
  constructor(
    private readonly system: SystemDb,
    private readonly organizations: OrganizationsService,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly principals: PrincipalCache,
    private readonly entitlements: Entitlements,
  ) {}

  /** Gives a person another name or role. Throws UserNotFound, RoleNotFound, RoleTooHigh, LastOwner. */
  change(by: Authority, id: string, change: PersonChange): Promise<UserDto> {
    return this.#touch(by, id, async (tx, person) => {
      const data: Record<string, unknown> = {};
      if (change.name !== undefined && change.name !== person.name) {
        data.name = change.name;
        this.#tell('user.renamed', id, { name: change.name }, { name: [person.name, change.name] });
      }
      if (change.role !== undefined && change.role !== roleOf(person)) {
        const role = await giveableRole(tx, change.role);
        requireCover(by, role.permissions);
        if (role.role !== 'owner') await this.#keepAnOwner(tx, person);
        data.role = role.role;
        data.roleId = role.roleId;
        const name = change.name ?? person.name;
        const changes = { role: [roleOf(person), change.role] as [unknown, unknown] };
        this.#tell('user.role_changed', id, { name, roleName: role.name }, changes);
      }
      return data;
    });
  }

  /** Shuts a person out until they are reactivated. Quiet when it is so. Throws UserNotFound, RoleTooHigh, LastOwner. */
  deactivate(by: Authority, id: string): Promise<UserDto> {
    return this.#touch(by, id, async (tx, person) => {
      if (person.status !== 'active') return {};
      await this.#keepAnOwner(tx, person);
      this.#tell('user.deactivated', id, { name: person.name });
      return { status: 'deactivated', endedAt: this.clock.now() };
    });
  }

  /** Throws LimitReached when there is no place for one more now: who is invited would come to a closed door. */
  requireSeat(tx: SystemTransaction, organizationId: string): Promise<void> {
    return requireSeat(tx, this.entitlements, organizationId);
  }

  /** Lets a deactivated person in again, in their old role. Quiet when it is so. Throws UserNotFound, RoleTooHigh, LimitReached. */
  reactivate(by: Authority, id: string): Promise<UserDto> {
    return this.#touch(by, id, async (tx, person) => {
      if (person.status === 'active') return {};
      await requireSeat(tx, this.entitlements, requireOrganizationId('a seat'));
      this.#tell('user.reactivated', id, { name: person.name });
      return { status: 'active', endedAt: null };
    });
  }

  /**
   * Ends a person's place for good: what they wrote stays, and only a new invitation brings them back. Throws
   * UserNotFound, RoleTooHigh, LastOwner.
   */
  async remove(by: Authority, id: string): Promise<void> {
    await this.#touch(by, id, async (tx, person) => {
      if (person.status === 'active') await this.#keepAnOwner(tx, person);
      this.#tell('user.removed', id, { name: person.name, email: person.identity.email });
      // A custom role that nobody has any more can be deleted; a new invitation says anew what they become.
      const role = person.roleId === null ? {} : { role: 'viewer', roleId: null };
      return { status: 'removed', endedAt: this.clock.now(), ...role };
    });
  }

  /**
   * Makes somebody a member inside `tx`, which must have been begun for `organizationId`: anew, or again if they were
   * removed. `facts` go into the event. Gives the user's id and whether they were here before. Throws AlreadyMember, LimitReached.
   */
  async admit(
    tx: SystemTransaction,
    organizationId: string,
    member: NewMember,
    facts: Record<string, unknown> = {},
  ): Promise<{ id: string; isBack: boolean }> {
    await this.organizations.lock(tx, organizationId);
    const { identityId, name, role } = member;
    const known = await tx.membership.findFirst({
      where: { organizationId, identityId },
      select: { id: true, status: true },
    });
    if (known && known.status !== 'removed') throw new AlreadyMember();
    await requireSeat(tx, this.entitlements, organizationId);
    const columns = { name, role: role.role, roleId: role.roleId };
    const id = known?.id ?? newId();
    if (known) {
      await tx.membership.updateMany({
        where: { organizationId, id },
        data: { ...columns, status: 'active', endedAt: null },
      });
    } else {
      await tx.membership.create({
        data: { organizationId, id, identityId, ...columns },
        select: { id: true },
      });
    }
    const isBack = known !== null;
    // Whoever came by a link or a provider's word was let in by nobody who is here now: it is their own doing.
    const context = currentContext();
    const actor = context?.actor ?? { type: 'user' as const, id, name };
    runInContext({ requestId: 'system', ...context, actor }, () =>
      this.#tell('user.joined', id, { name, role: roleOf(role), isBack, ...facts }),
    );
    return { id, isBack };
  }

  /** The owners who may come in, with where their mail goes. */
  async owners(
    tx: SystemTransaction,
    organizationId: string,
  ): Promise<{ name: string; email: string }[]> {
    const rows = await tx.membership.findMany({
      where: { organizationId, role: 'owner', status: 'active' },
      select: { name: true, identity: { select: { email: true } } },
    });
    return rows.map(({ name, identity }) => ({ name, email: identity.email }));
  }

  /** The address of a person, and since when they are removed, if they are. Null for nobody. */
  async whereabouts(id: string): Promise<{ email: string; removedAt: Date | null } | null> {
    const organizationId = requireOrganizationId('whereabouts');
    const row = await this.system.client.membership.findFirst({
      where: { organizationId, id },
      select: { status: true, endedAt: true, identity: { select: { email: true } } },
    });
    if (!row) return null;
    return {
      email: row.identity.email,
      removedAt: row.status === 'removed' ? row.endedAt : null,
    };
  }

  /** How somebody stands in an organization; null when they were never there. */
  standingOf(tx: SystemTransaction, organizationId: string, identityId: string) {
    return tx.membership.findFirst({
      where: { organizationId, identityId },
      select: { id: true, status: true, endedAt: true },
    });
  }

  /** What a person may do who is active in the organization; null when they are not. */
  async authorityOf(
    tx: SystemTransaction,
    organizationId: string,
    id: string,
  ): Promise<Authority | null> {
    const row = await tx.membership.findFirst({
      where: { organizationId, id, status: 'active' },
      select: { role: true, customRole: { select: { permissions: true } } },
    });
    return row && { permissions: permissionsOf(row.role, row.customRole?.permissions ?? null) };
  }

  /** Throws UserNotFound for a person who was removed: only an invitation brings them back. */
  async #touch(
    by: Authority,
    id: string,
    decide: (tx: SystemTransaction, person: PersonRow) => Promise<Record<string, unknown>>,
  ): Promise<UserDto> {
    const organizationId = requireOrganizationId('a change of people');
    const user = await this.system.transactionIn(organizationId, async (tx) => {
      await this.organizations.lock(tx, organizationId);
      await requireStill(tx, organizationId, by);
      const where = { organizationId, id };
      const person = await tx.membership.findFirst({ where, select: personSelect });
      if (!person || person.status === 'removed') throw new UserNotFound();
      requireCover(by, permissionsOf(person.role, person.customRole?.permissions ?? null));
      const data = await decide(tx, person);
      if (Object.keys(data).length > 0) await tx.membership.updateMany({ where, data });
      return toUserDto(await tx.membership.findFirstOrThrow({ where, select: userSelect }));
    });
    // The other processes are told by the database; whoever asks this one next must not find what was.
    this.principals.forget(`user:${id}`);
    return user;
  }

  async #keepAnOwner(tx: SystemTransaction, person: PersonRow): Promise<void> {
    if (person.role !== 'owner' || person.status !== 'active') return;
    const organizationId = requireOrganizationId('the owners');
    const another = await tx.membership.findFirst({
      where: { organizationId, role: 'owner', status: 'active', id: { not: person.id } },
      select: { id: true },
    });
    if (!another) throw new LastOwner();
  }

  #tell(
    type: string,
    id: string,
    data: Record<string, unknown>,
    changes?: Record<string, [unknown, unknown]>,
  ): void {
    this.ledger.record({ type, subject: { type: 'user', id }, data, ...(changes && { changes }) });
  }
}

interface PersonRow {
  id: string;
  name: string;
  role: string;
  roleId: string | null;
  status: string;
  identity: { email: string };
  customRole: { name: string; permissions: string[] } | null;
}
