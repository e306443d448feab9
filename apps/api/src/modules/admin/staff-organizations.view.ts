import type { PlanAccess } from '#core/tenancy/entitlement-terms.js';
import type { StaffOrganizationDto } from './dto/staff-organization.dto.js';

/** What of an organization the staff are shown: each column is one that their role may read. */
export const staffOrganizationSelect = {
  id: true,
  name: true,
  slug: true,
  createdAt: true,
  suspendedAt: true,
  deleteAfter: true,
  subscription: { select: { status: true } },
  entitlement: {
    select: {
      planId: true,
      access: true,
      seats: true,
      ticketsAMonth: true,
      storageBytes: true,
      usedPercent: true,
    },
  },
} as const;

interface Entitlement {
  planId: string;
  access: string;
  seats: number | null;
  ticketsAMonth: number | null;
  storageBytes: bigint | null;
  usedPercent: number | null;
}

export interface StaffOrganizationRow {
  id: string;
  name: string;
  slug: string;
  createdAt: Date;
  suspendedAt: Date | null;
  deleteAfter: Date | null;
  subscription: { status: string } | null;
  entitlement: Entitlement | null;
}

/** Without a plan where none are sold. */
export function toStaffOrganizationDto(
  { id, name, slug, ...row }: StaffOrganizationRow,
  plansAreSold: boolean,
): StaffOrganizationDto {
  const standing = row.suspendedAt === null ? 'active' : 'suspended';
  return {
    ...{ id, name, slug },
    status: row.deleteAfter === null ? standing : 'to_be_deleted',
    createdAt: row.createdAt.toISOString(),
    suspendedAt: row.suspendedAt?.toISOString() ?? null,
    deleteAfter: row.deleteAfter?.toISOString() ?? null,
    plan: plansAreSold ? planOf(row) : null,
  };
}

/** What a plan bounds; null is any number. */
export function boundsOf(entitlement: Entitlement | null) {
  const { seats = null, ticketsAMonth = null, storageBytes = null } = entitlement ?? {};
  return {
    ...{ seats, ticketsAMonth },
    storageBytes: storageBytes === null ? null : Number(storageBytes),
  };
}

function planOf({
  entitlement,
  subscription,
}: Pick<StaffOrganizationRow, 'entitlement' | 'subscription'>): StaffOrganizationDto['plan'] {
  if (entitlement === null) return null;
  const { planId, access, usedPercent } = entitlement;
  const status = subscription?.status ?? null;
  return { id: planId, status, access: access as PlanAccess, usedPercent };
}
