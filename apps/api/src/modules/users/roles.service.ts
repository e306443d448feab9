import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { requireOrganizationId } from '#core/context/context.js';
import { isId, newId } from '#core/context/ids.js';
import type { Page } from '#core/database/page.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { Entitlements, requireFeature } from '#core/tenancy/entitlements.js';
import { BUILT_IN_ROLES, permissionsOf, type Permission } from '#core/tenancy/permissions.js';
import { PrincipalCache } from '#core/tenancy/principal-cache.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { OrganizationsService } from '#modules/organizations/organizations.service.js';
import { requireCover, requireStill, type Authority } from './authority.js';
import type { PermissionDto, RoleDto } from './dto/role.dto.js';
import {
  allPermissions,
  builtInRoles,
  inOrder,
  roleSelect,
  toRoleDto,
  type RoleRow,
} from './roles.view.js';
import {
  RoleInUse,
  RoleIsBuiltIn,
  RoleNameTaken,
  RoleNotFound,
  TooManyRoles,
} from './users.exceptions.js';

/** Custom roles of one organization: all roles fit on one page. */
const MOST_ROLES = 90;
const REFERRED_TO = 'P2003';

export interface RoleChange {
  name?: string;
  description?: string;
  permissions?: Permission[];
}

/**
 * The roles of the organization in context. What a role holds is what its people may do, so nobody makes, changes or
 * deletes one that holds more than they have; a change works at once, on every process.
 */
@Injectable()
export class RolesService {
  constructor(
    private readonly db: TenantDb,
    private readonly system: SystemDb,
    private readonly organizations: OrganizationsService,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly principals: PrincipalCache,
    private readonly entitlements: Entitlements,
  ) {}

  /** All of them: the built-in ones, then the organization's own by name. */
  async list(): Promise<Page<RoleDto>> {
    const [rows, held] = await Promise.all([
      this.db.client.role.findMany({ orderBy: { name: 'asc' }, select: roleSelect }),
      this.db.client.membership.groupBy({
        by: ['role', 'roleId'],
        where: { status: { not: 'removed' } },
        _count: { _all: true },
      }),
    ]);
    const counts = new Map(held.map(({ role, roleId, _count }) => [roleId ?? role, _count._all]));
    const countOf = (id: string): number => counts.get(id) ?? 0;
    return onePage([
      ...builtInRoles(countOf),
      ...rows.map((row) => toRoleDto(row, countOf(row.id))),
    ]);
  }

  /** Every permission that there is, with what it lets its holder do. */
  permissions(): Page<PermissionDto> {
    return onePage(allPermissions());
  }

  /** Makes a role. Throws RoleTooHigh, RoleNameTaken, TooManyRoles, LimitReached. */
  async create(by: Authority, role: Required<RoleChange>): Promise<RoleDto> {
    requireCover(by, role.permissions);
    return this.#hold(by, async (tx, organizationId) => {
      requireFeature(await this.entitlements.within(tx, organizationId), 'custom_roles');
      const count = await tx.role.count({ where: { organizationId } });
      if (count >= MOST_ROLES) throw new TooManyRoles(MOST_ROLES);
      await this.#requireFree(tx, organizationId, role.name, null);
      const now = this.clock.now();
      const id = newId();
      const permissions = inOrder(role.permissions);
      const row = await tx.role.create({
        data: { organizationId, id, ...role, permissions, createdAt: now, updatedAt: now },
        select: roleSelect,
      });
      this.ledger.record({
        type: 'role.created',
        subject: { type: 'role', id },
        data: { name: role.name, description: role.description, permissions },
      });
      return toRoleDto(row, 0);
    });
  }

  /** Changes what is given and leaves the rest. Throws RoleNotFound, RoleIsBuiltIn, RoleTooHigh, RoleNameTaken, LimitReached. */
  async change(by: Authority, id: string, change: RoleChange): Promise<RoleDto> {
    const role = await this.#hold(by, async (tx, organizationId) => {
      requireFeature(await this.entitlements.within(tx, organizationId), 'custom_roles');
      const before = await this.#find(tx, organizationId, id);
      requireCover(by, permissionsOf('custom', before.permissions));
      requireCover(by, change.permissions ?? []);
      const data: RoleChange = {
        ...change,
        ...(change.permissions && { permissions: inOrder(change.permissions) }),
      };
      const changes = changesOf(before, data);
      const memberCount = await tx.membership.count({
        where: { organizationId, roleId: id, status: { not: 'removed' } },
      });
      if (Object.keys(changes).length === 0) return toRoleDto(before, memberCount);
      if (changes.name) await this.#requireFree(tx, organizationId, change.name!, id);
      await tx.role.updateMany({
        where: { organizationId, id },
        data: { ...data, updatedAt: this.clock.now() },
      });
      const after = { ...before, ...data };
      this.ledger.record({
        type: 'role.updated',
        subject: { type: 'role', id },
        data: { name: after.name },
        changes,
      });
      return toRoleDto(after, memberCount);
    });
    // The other processes are told by the database; whoever asks this one next must not find what was.
    this.principals.forget(`role:${id}`);
    return role;
  }

  /** Throws RoleNotFound, RoleIsBuiltIn, RoleTooHigh, RoleInUse. */
  async delete(by: Authority, id: string): Promise<void> {
    await this.#hold(by, async (tx, organizationId) => {
      const { name, permissions } = await this.#find(tx, organizationId, id);
      requireCover(by, permissionsOf('custom', permissions));
      await tx.role.deleteMany({ where: { organizationId, id } });
      this.ledger.record({
        type: 'role.deleted',
        subject: { type: 'role', id },
        data: { name, permissions },
      });
    }).catch((error: unknown) => {
      // People, invitations and sign-on connections refer to it, whichever room they are of.
      if ((error as { code?: unknown }).code === REFERRED_TO) throw new RoleInUse();
      throw error;
    });
  }

  #hold<T>(
    by: Authority,
    work: (tx: SystemTransaction, organizationId: string) => Promise<T>,
  ): Promise<T> {
    const organizationId = requireOrganizationId('a change of roles');
    return this.system.transactionIn(organizationId, async (tx) => {
      await this.organizations.lock(tx, organizationId);
      await requireStill(tx, organizationId, by);
      return work(tx, organizationId);
    });
  }

  async #find(tx: SystemTransaction, organizationId: string, id: string): Promise<RoleRow> {
    if (BUILT_IN_ROLES.some((name) => name === id)) throw new RoleIsBuiltIn();
    const where = { organizationId, id };
    const row = isId(id) ? await tx.role.findFirst({ where, select: roleSelect }) : null;
    if (!row) throw new RoleNotFound();
    return row;
  }

  async #requireFree(
    tx: SystemTransaction,
    organizationId: string,
    name: string,
    ownId: string | null,
  ): Promise<void> {
    const rows = await tx.role.findMany({
      where: { organizationId },
      select: { id: true, name: true },
    });
    const others = rows.filter(({ id }) => id !== ownId);
    // Compared here: there are few, and the database would take a `%` of the name for a pattern.
    const taken = [...BUILT_IN_ROLES, ...others.map((row) => row.name)].map(folded);
    if (taken.includes(folded(name))) throw new RoleNameTaken();
  }
}

function folded(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}

function changesOf(before: RoleRow, change: RoleChange): Record<string, [unknown, unknown]> {
  const pairs = (Object.keys(change) as (keyof RoleChange)[])
    .filter((field) => change[field] !== undefined)
    .map((field) => [field, [before[field], change[field]]] as [string, [unknown, unknown]]);
  return Object.fromEntries(
    pairs.filter(([, [old, now]]) => JSON.stringify(old) !== JSON.stringify(now)),
  );
}

function onePage<T>(items: T[]): Page<T> {
  const total = items.length;
  return { items, total, totalIsExact: true, skip: 0, limit: 100, nextCursor: null };
}
