import type { TicketStateDto } from './dto/ticket-state.dto.js';
import type { TicketStatus } from './ticket-terms.js';

export const stateSelect = {
  id: true,
  name: true,
  category: true,
  position: true,
  isDefault: true,
  archivedAt: true,
  version: true,
} as const;

export interface StateRow {
  id: string;
  name: string;
  category: string;
  position: number;
  isDefault: boolean;
  archivedAt: Date | null;
  version: number;
}

export function toTicketStateDto(row: StateRow): TicketStateDto {
  return {
    ...row,
    category: row.category as TicketStatus,
    archivedAt: row.archivedAt?.toISOString() ?? null,
  };
}
