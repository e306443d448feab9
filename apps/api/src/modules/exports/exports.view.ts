import type { Actor } from '#core/context/context.js';
import type { ExportDto } from './dto/export.dto.js';

/** Rows whose file is still to come. */
export const UNDER_WAY = { in: ['queued', 'running'] };

/** What of an export leaves the room. */
export const exportSelect = {
  id: true,
  kind: true,
  format: true,
  parameters: true,
  status: true,
  total: true,
  done: true,
  problem: true,
  fileId: true,
  requestedByUserId: true,
  requestedByKeyId: true,
  createdAt: true,
  finishedAt: true,
  expiresAt: true,
} as const;

/** What was asked for. */
export interface ExportParameters {
  conditions: object | null;
  viewConditions: object | null;
  messages: boolean;
  /** Whether notes are in it: it was asked for by somebody who may read them. */
  notes: boolean;
  /** Who "me" is in the conditions. */
  me: string;
}

export interface ExportRow {
  id: string;
  kind: string;
  format: string;
  parameters: unknown;
  status: string;
  total: number;
  done: number;
  problem: string | null;
  fileId: string | null;
  requestedByUserId: string | null;
  requestedByKeyId: string | null;
  createdAt: Date;
  finishedAt: Date | null;
  expiresAt: Date | null;
}

export function toExportDto(row: ExportRow, now: Date): ExportDto {
  const { conditions, messages, notes } = row.parameters as ExportParameters;
  return {
    id: row.id,
    format: row.format as ExportDto['format'],
    conditions: conditions as ExportDto['conditions'],
    include: { messages, notes },
    requestedBy: requesterOf(row),
    ...progressOf(row, now),
  };
}

/** How far a file is, whatever it is a file of. */
export function progressOf(
  row: ExportRow,
  now: Date,
): Pick<
  ExportDto,
  'status' | 'total' | 'done' | 'problem' | 'createdAt' | 'finishedAt' | 'expiresAt'
> {
  return {
    status: isExpired(row, now) ? 'expired' : (row.status as ExportDto['status']),
    total: row.total,
    done: row.done,
    problem: row.problem,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
  };
}

type Requester = Pick<ExportRow, 'requestedByUserId' | 'requestedByKeyId'>;

/** Who asked for it, as the row has them. */
export function askedBy({ type, id }: Pick<Actor, 'type' | 'id'>): Requester {
  const isUser = type === 'user';
  return { requestedByUserId: isUser ? id : null, requestedByKeyId: isUser ? null : id };
}

/** Who asked for it. */
export function requesterOf({
  requestedByUserId: user,
  requestedByKeyId: key,
}: Requester): ExportDto['requestedBy'] {
  return user === null ? { type: 'api_key', id: key! } : { type: 'user', id: user };
}

export function isExpired({ expiresAt }: Pick<ExportRow, 'expiresAt'>, now: Date): boolean {
  return expiresAt !== null && expiresAt <= now;
}
