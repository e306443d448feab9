import type { TeamDto, TeamMemberDto } from './dto/team.dto.js';

export const teamSelect = {
  id: true,
  name: true,
  description: true,
  isDefault: true,
  archivedAt: true,
  version: true,
} as const;

export interface TeamRow {
  id: string;
  name: string;
  description: string;
  isDefault: boolean;
  archivedAt: Date | null;
  version: number;
}

export function toTeamDto(row: TeamRow, memberCount: number): TeamDto {
  return { ...row, archivedAt: row.archivedAt?.toISOString() ?? null, memberCount };
}

export const memberSelect = {
  userId: true,
  createdAt: true,
  user: { select: { name: true } },
} as const;

export interface MemberRow {
  userId: string;
  createdAt: Date;
  user: { name: string };
}

export function toTeamMemberDto({ userId, createdAt, user }: MemberRow): TeamMemberDto {
  return { id: userId, name: user.name, since: createdAt.toISOString() };
}
