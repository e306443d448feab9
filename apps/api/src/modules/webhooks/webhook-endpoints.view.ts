import type { WebhookEndpointDto } from './dto/webhook-endpoint.dto.js';

/** What of an endpoint leaves the room. */
export const endpointSelect = {
  id: true,
  url: true,
  description: true,
  types: true,
  payload: true,
  ordering: true,
  maxConcurrency: true,
  ratePerSecond: true,
  isEnabled: true,
  disabledAt: true,
  disabledBecause: true,
  failingSince: true,
  lastDeliveredAt: true,
  cursorSeq: true,
  waiting: true,
  version: true,
  createdAt: true,
  updatedAt: true,
} as const;

export interface EndpointRow {
  id: string;
  url: string;
  description: string;
  types: string[];
  payload: string;
  ordering: string;
  maxConcurrency: number;
  ratePerSecond: number;
  isEnabled: boolean;
  disabledAt: Date | null;
  disabledBecause: string | null;
  failingSince: Date | null;
  lastDeliveredAt: Date | null;
  cursorSeq: bigint;
  waiting: number;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

export function toEndpointDto(row: EndpointRow): WebhookEndpointDto {
  const { cursorSeq, ...rest } = row;
  return {
    ...rest,
    payload: row.payload as WebhookEndpointDto['payload'],
    ordering: row.ordering as WebhookEndpointDto['ordering'],
    disabledBecause: row.disabledBecause as WebhookEndpointDto['disabledBecause'],
    disabledAt: textOf(row.disabledAt),
    failingSince: textOf(row.failingSince),
    lastDeliveredAt: textOf(row.lastDeliveredAt),
    atSeq: Number(cursorSeq),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

function textOf(instant: Date | null): string | null {
  return instant?.toISOString() ?? null;
}
