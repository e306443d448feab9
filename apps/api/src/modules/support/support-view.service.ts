import type { SupportAccessDto } from './dto/support-access.dto.js';
import { statusOf } from './support-terms.service.js';

/** What of an access leaves the room. */
export const accessSelect = {
  organizationId: true,
  id: true,
  staffId: true,
  staffName: true,
  reason: true,
  scopes: true,
  hours: true,
  createdAt: true,
  grantedAt: true,
  grantedBy: true,
  secondOperatorId: true,
  expiresAt: true,
  endedAt: true,
  endedBecause: true,
} as const;

export interface AccessRow {
  organizationId: string;
  id: string;
  staffId: string;
  staffName: string;
  reason: string;
  scopes: string[];
  hours: number;
  createdAt: Date;
  grantedAt: Date | null;
  grantedBy: string | null;
  secondOperatorId: string | null;
  expiresAt: Date | null;
  endedAt: Date | null;
  endedBecause: string | null;
}

export function toSupportAccessDto(row: AccessRow, now: Date): SupportAccessDto {
  const { organizationId: _, secondOperatorId, ...rest } = row;
  return {
    ...rest,
    status: statusOf(row, now),
    isForced: secondOperatorId !== null,
    createdAt: row.createdAt.toISOString(),
    grantedAt: row.grantedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}
