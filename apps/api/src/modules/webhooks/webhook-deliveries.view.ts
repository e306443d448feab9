import type { WebhookAttemptDto } from './dto/webhook-attempt.dto.js';
import type { WebhookDeliveryDto } from './dto/webhook-delivery.dto.js';
import type { WebhookReplayDto } from './dto/webhook-replay.dto.js';

/** What of a delivery leaves the room. */
export const deliverySelect = {
  id: true,
  endpointId: true,
  position: true,
  eventId: true,
  seq: true,
  type: true,
  subjectId: true,
  status: true,
  attempts: true,
  dueAt: true,
  replayId: true,
  replayOf: true,
  createdAt: true,
  settledAt: true,
} as const;

export interface DeliveryRow {
  id: string;
  endpointId: string;
  position: bigint;
  eventId: string;
  seq: bigint | null;
  type: string;
  subjectId: string | null;
  status: string;
  attempts: number;
  dueAt: Date | null;
  replayId: string | null;
  replayOf: string | null;
  createdAt: Date;
  settledAt: Date | null;
}

export function toDeliveryDto(row: DeliveryRow): WebhookDeliveryDto {
  return {
    id: row.id,
    endpointId: row.endpointId,
    eventId: row.eventId,
    seq: row.seq === null ? null : Number(row.seq),
    type: row.type,
    subjectId: row.subjectId,
    status: row.status as WebhookDeliveryDto['status'],
    attempts: row.attempts,
    nextAttemptAt: row.dueAt?.toISOString() ?? null,
    replayId: row.replayId,
    replayOf: row.replayOf,
    createdAt: row.createdAt.toISOString(),
    settledAt: row.settledAt?.toISOString() ?? null,
  };
}

export const attemptSelect = {
  id: true,
  number: true,
  startedAt: true,
  duration: true,
  url: true,
  requestHeaders: true,
  status: true,
  responseHeaders: true,
  responseBody: true,
  problem: true,
} as const;

interface AttemptRow {
  id: string;
  number: number;
  startedAt: Date;
  duration: number;
  url: string;
  requestHeaders: unknown;
  status: number | null;
  responseHeaders: unknown;
  responseBody: string | null;
  problem: string | null;
}

export function toAttemptDto(row: AttemptRow): WebhookAttemptDto {
  return {
    ...row,
    startedAt: row.startedAt.toISOString(),
    requestHeaders: row.requestHeaders as Record<string, string>,
    responseHeaders: row.responseHeaders as Record<string, string> | null,
  };
}

export const replaySelect = {
  id: true,
  endpointId: true,
  fromSeq: true,
  toSeq: true,
  atSeq: true,
  made: true,
  status: true,
  createdAt: true,
  finishedAt: true,
} as const;

interface ReplayRow {
  id: string;
  endpointId: string;
  fromSeq: bigint;
  toSeq: bigint;
  atSeq: bigint;
  made: number;
  status: string;
  createdAt: Date;
  finishedAt: Date | null;
}

export function toReplayDto(row: ReplayRow): WebhookReplayDto {
  return {
    ...row,
    fromSeq: Number(row.fromSeq),
    toSeq: Number(row.toSeq),
    atSeq: Number(row.atSeq),
    status: row.status as WebhookReplayDto['status'],
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}
