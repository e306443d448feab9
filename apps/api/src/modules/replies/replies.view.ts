import type { CannedReplyDto, ReplyScope } from './dto/canned-reply.dto.js';

/** What of a canned reply leaves the room. */
export const cannedReplySelect = {
  id: true,
  name: true,
  html: true,
  scope: true,
  teamId: true,
  version: true,
  createdAt: true,
  updatedAt: true,
} as const;

export interface CannedReplyRow {
  id: string;
  name: string;
  html: string;
  scope: string;
  teamId: string | null;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

export function toCannedReplyDto(row: CannedReplyRow): CannedReplyDto {
  return {
    ...row,
    scope: row.scope as ReplyScope,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
