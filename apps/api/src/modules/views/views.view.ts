import type { TicketSort } from '#modules/tickets/dto/ticket-sorts.dto.js';
import type { ViewDto } from './dto/view.dto.js';

/** What of a view leaves the room. */
export const viewSelect = {
  id: true,
  name: true,
  scope: true,
  ownerId: true,
  teamId: true,
  conditions: true,
  columns: true,
  sort: true,
  position: true,
  version: true,
  createdAt: true,
  updatedAt: true,
} as const;

export interface ViewRow {
  id: string;
  name: string;
  scope: string;
  ownerId: string | null;
  teamId: string | null;
  conditions: unknown;
  columns: string[];
  sort: string;
  position: number;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

export function toViewDto(row: ViewRow): ViewDto {
  return {
    id: row.id,
    name: row.name,
    scope: row.scope as ViewDto['scope'],
    ownerId: row.ownerId,
    teamId: row.teamId,
    conditions: row.conditions as ViewDto['conditions'],
    columns: row.columns,
    sort: row.sort as TicketSort,
    position: row.position,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
