import type { OwnMembership } from '#modules/users/accounts.service.js';
import { deviceWords } from './device-words.js';
import type { OwnOrganizationDto } from './dto/own-organization.dto.js';
import type { SessionDto } from './dto/session.dto.js';

export const sessionSelect = {
  id: true,
  organizationId: true,
  method: true,
  secondFactor: true,
  userAgent: true,
  createdAt: true,
  lastUsedAt: true,
} as const;

interface SessionRow {
  id: string;
  organizationId: string;
  method: string;
  secondFactor: boolean;
  userAgent: string | null;
  createdAt: Date;
  lastUsedAt: Date;
}

/** A session as its person sees it: the device in words, and nothing of where it is. */
export function toSessionDto(
  row: SessionRow,
  organizationNames: ReadonlyMap<string, string>,
  currentId: string,
): SessionDto {
  const { id, organizationId, method, secondFactor } = row;
  return {
    id,
    organization: { id: organizationId, name: organizationNames.get(organizationId) ?? '' },
    method,
    secondFactor,
    device: deviceWords(row.userAgent),
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt.toISOString(),
    current: id === currentId,
  };
}

export function toOwnOrganizationDto(row: OwnMembership, currentId: string): OwnOrganizationDto {
  return {
    id: row.organizationId,
    name: row.organization.name,
    slug: row.organization.slug,
    role: row.roleId ?? row.role,
    roleName: row.customRole?.name ?? row.role,
    lastActiveAt: row.lastActiveAt?.toISOString() ?? null,
    current: row.organizationId === currentId,
  };
}
