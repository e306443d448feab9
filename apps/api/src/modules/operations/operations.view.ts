import type { OperationItemDto } from './dto/operation-item.dto.js';
import type { OperationDto } from './dto/operation.dto.js';
import type { OperationKind, OperationStatus } from './operation-terms.js';

/** What of an operation leaves the room. */
export const operationSelect = {
  id: true,
  kind: true,
  status: true,
  parameters: true,
  result: true,
  total: true,
  done: true,
  failed: true,
  actorType: true,
  actorId: true,
  actorName: true,
  createdAt: true,
  finishedAt: true,
  undoUntil: true,
  undoneAt: true,
} as const;

export interface OperationRow {
  id: string;
  kind: string;
  status: string;
  parameters: unknown;
  result: unknown;
  total: number;
  done: number;
  failed: number;
  actorType: string;
  actorId: string | null;
  actorName: string;
  createdAt: Date;
  finishedAt: Date | null;
  undoUntil: Date | null;
  undoneAt: Date | null;
}

/** `now` decides whether it can still be undone. */
export function toOperationDto(row: OperationRow, now: Date): OperationDto {
  return {
    id: row.id,
    kind: row.kind as OperationKind,
    status: row.status as OperationStatus,
    total: row.total,
    done: row.done,
    failed: row.failed,
    parameters: row.parameters as Record<string, unknown>,
    result: row.result as Record<string, unknown>,
    actor: { type: row.actorType, id: row.actorId, name: row.actorName },
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    undoUntil: row.undoUntil?.toISOString() ?? null,
    undoneAt: row.undoneAt?.toISOString() ?? null,
    canUndo: canUndo(row) && row.undoUntil! >= now,
  };
}

/** Whether it has come to an end and changed something that still stands. */
export function canUndo(
  row: Pick<OperationRow, 'status' | 'done' | 'undoUntil' | 'result'>,
): boolean {
  const hasEnded = row.status === 'done' || row.status === 'failed';
  // Merges and splits do not count: they always change something.
  const { changed } = row.result as { changed?: number };
  return hasEnded && row.done > 0 && changed !== 0 && row.undoUntil !== null;
}

export const operationItemSelect = {
  position: true,
  ticketId: true,
  status: true,
  problem: true,
  before: true,
  after: true,
  ticket: { select: { number: true, subject: true } },
} as const;

export interface OperationItemRow {
  position: number;
  ticketId: string;
  status: string;
  problem: string | null;
  before: unknown;
  after: unknown;
  ticket: { number: number; subject: string };
}

export function toOperationItemDto(row: OperationItemRow): OperationItemDto {
  return {
    position: row.position,
    ticket: { id: row.ticketId, number: row.ticket.number, subject: row.ticket.subject },
    status: row.status as OperationItemDto['status'],
    problem: row.problem,
    before: row.before as Record<string, unknown>,
    after: row.after as Record<string, unknown>,
  };
}
