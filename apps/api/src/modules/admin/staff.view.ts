import { STAFF_ROLE_PERMISSIONS, type StaffRole } from '#core/tenancy/staff-permissions.js';
import type { StaffDto } from './dto/staff.dto.js';

/** What of a row leaves the room. */
export const staffSelect = {
  id: true,
  email: true,
  name: true,
  role: true,
  createdAt: true,
  totpConfirmedAt: true,
  endedAt: true,
} as const;

export interface StaffRow {
  id: string;
  email: string;
  name: string;
  role: string;
  createdAt: Date;
  totpConfirmedAt: Date | null;
  endedAt: Date | null;
}

export function toStaffDto(row: StaffRow): StaffDto {
  const role = row.role as StaffRole;
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role,
    permissions: [...STAFF_ROLE_PERMISSIONS[role]],
    hasSecondFactor: row.totpConfirmedAt !== null,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}
