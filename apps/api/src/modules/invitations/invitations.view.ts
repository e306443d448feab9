import type { InvitationDto } from './dto/invitation.dto.js';

export const invitationSelect = {
  organizationId: true,
  id: true,
  email: true,
  role: true,
  roleId: true,
  status: true,
  version: true,
  invitedById: true,
  createdAt: true,
  sentAt: true,
  expiresAt: true,
  customRole: { select: { name: true } },
  invitedBy: { select: { id: true, name: true } },
} as const;

export interface InvitationRow {
  organizationId: string;
  id: string;
  email: string;
  role: string;
  roleId: string | null;
  status: string;
  version: number;
  invitedById: string | null;
  createdAt: Date;
  sentAt: Date;
  expiresAt: Date;
  customRole: { name: string } | null;
  invitedBy: { id: string; name: string } | null;
}

export function toInvitationDto(row: InvitationRow): InvitationDto {
  return {
    id: row.id,
    email: row.email,
    role: row.roleId ?? row.role,
    roleName: row.customRole?.name ?? row.role,
    status: row.status,
    invitedBy: row.invitedBy,
    createdAt: row.createdAt.toISOString(),
    sentAt: row.sentAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  };
}
