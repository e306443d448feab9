import type { UserDto } from './dto/user.dto.js';
import type { ListedUser } from './users.sql.js';

export const userSelect = {
  id: true,
  name: true,
  role: true,
  roleId: true,
  status: true,
  lastActiveAt: true,
  customRole: { select: { name: true } },
  createdAt: true,
  identity: { select: { email: true } },
} as const;

interface UserRow {
  id: string;
  name: string;
  role: string;
  roleId: string | null;
  status: string;
  lastActiveAt: Date | null;
  customRole: { name: string } | null;
  createdAt: Date;
  identity: { email: string };
}

export function toUserDto(row: UserRow): UserDto {
  return {
    id: row.id,
    name: row.name,
    email: row.identity.email,
    role: row.roleId ?? row.role,
    roleName: row.customRole?.name ?? row.role,
    status: row.status,
    lastActiveAt: row.lastActiveAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

export function toListedUserDto(row: ListedUser): UserDto {
  const { counted: _, roleId, roleName, ...user } = row;
  return { ...user, role: roleId ?? user.role, roleName: roleName ?? user.role };
}
