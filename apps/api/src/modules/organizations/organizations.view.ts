import type { OrganizationDto } from './dto/organization.dto.js';

export const organizationSelect = {
  id: true,
  name: true,
  slug: true,
  timeZone: true,
  locale: true,
  accent: true,
  suspendedAt: true,
  deleteAfter: true,
  createdAt: true,
} as const;

export interface OrganizationRow {
  id: string;
  name: string;
  slug: string;
  timeZone: string;
  locale: string;
  accent: string | null;
  suspendedAt: Date | null;
  deleteAfter: Date | null;
  createdAt: Date;
}

export function toOrganizationDto(row: OrganizationRow): OrganizationDto {
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    timeZone: row.timeZone,
    locale: row.locale,
    accent: row.accent,
    suspendedAt: row.suspendedAt?.toISOString() ?? null,
    deleteAfter: row.deleteAfter?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
