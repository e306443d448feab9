import { requireOrganizationId } from '#core/context/context.js';
import { isId } from '#core/context/ids.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import {
  BUILT_IN_ROLES,
  permissionsOf,
  ROLE_PERMISSIONS,
  type Permission,
  type Role,
} from '#core/tenancy/permissions.js';
import { RoleNotFound } from './users.exceptions.js';

/** A role as the tables hold it, with its name and what it lets its holders do. */
export interface GiveableRole {
  role: Role | 'custom';
  /** Of a custom role; null for a built-in one. */
  roleId: string | null;
  name: string;
  permissions: ReadonlySet<Permission>;
}

/** Either handle: which roles there are may be asked by both. */
type RoleReader = { role: Pick<SystemTransaction['role'], 'findFirst'> };

/**
 * The role that the API names: a built-in one, or a custom one of the organization in context by its id. Ask with the
 * organization held (`OrganizationsService.lock`), as every change of a role does: it is then neither deleted nor
 * widened between the check and its being given. Throws RoleNotFound.
 */
export async function giveableRole(tx: RoleReader, role: string): Promise<GiveableRole> {
  const builtIn = BUILT_IN_ROLES.find((name) => name === role);
  if (builtIn) {
    return { role: builtIn, roleId: null, name: builtIn, permissions: ROLE_PERMISSIONS[builtIn] };
  }
  if (!isId(role)) throw new RoleNotFound();
  const organizationId = requireOrganizationId('a role');
  const row = await tx.role.findFirst({
    where: { organizationId, id: role },
    select: { id: true, name: true, permissions: true },
  });
  if (!row) throw new RoleNotFound();
  return {
    role: 'custom',
    roleId: row.id,
    name: row.name,
    permissions: permissionsOf('custom', row.permissions),
  };
}

/** The one word by which the API names the role of a row. */
export function roleOf(row: { role: string; roleId: string | null }): string {
  return row.roleId ?? row.role;
}
