import {
  BUILT_IN_ROLES,
  isPermission,
  PERMISSION_NAMES,
  PERMISSIONS,
  ROLE_PERMISSIONS,
  type Permission,
} from '#core/tenancy/permissions.js';
import type { PermissionDto, RoleDto } from './dto/role.dto.js';

/** What each built-in role is for. */
const PURPOSES: Record<(typeof BUILT_IN_ROLES)[number], string> = {
  owner: 'May do everything, and alone may hand the organization on or delete it.',
  admin: 'Runs the organization: people, roles, keys, security and settings.',
  agent: 'Works on tickets.',
  viewer: 'Looks on.',
};

export const roleSelect = { id: true, name: true, description: true, permissions: true } as const;

export interface RoleRow {
  id: string;
  name: string;
  description: string;
  permissions: string[];
}

export function toRoleDto(row: RoleRow, memberCount: number): RoleDto {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    permissions: row.permissions.filter(isPermission),
    builtIn: false,
    memberCount,
  };
}

/** The roles that every organization has, with how many `hold` each. */
export function builtInRoles(hold: (role: string) => number): RoleDto[] {
  return BUILT_IN_ROLES.map((id) => ({
    id,
    name: id,
    description: PURPOSES[id],
    permissions: inOrder(ROLE_PERMISSIONS[id]),
    builtIn: true,
    memberCount: hold(id),
  }));
}

export function allPermissions(): PermissionDto[] {
  return PERMISSION_NAMES.map((name) => ({ name, sentence: PERMISSIONS[name] }));
}

/** As the registry has them, so that two equal sets read alike. */
export function inOrder(permissions: Iterable<Permission>): Permission[] {
  const set = new Set(permissions);
  return PERMISSION_NAMES.filter((name) => set.has(name));
}
