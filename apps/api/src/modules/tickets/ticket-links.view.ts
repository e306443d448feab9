import type { TicketLinkDto } from './dto/ticket-link.dto.js';
import { kindSeenFrom } from './ticket-link-kinds.js';

const endSelect = {
  select: { id: true, number: true, subject: true, status: true, stateId: true },
} as const;

export const linkSelect = {
  id: true,
  kind: true,
  fromId: true,
  toId: true,
  createdAt: true,
  from: endSelect,
  to: endSelect,
} as const;

export interface LinkRow {
  id: string;
  kind: string;
  fromId: string;
  toId: string;
  createdAt: Date;
  from: LinkEnd;
  to: LinkEnd;
}

interface LinkEnd {
  id: string;
  number: number;
  subject: string;
  status: string;
  stateId: string;
}

/** The link as `ticket` has it: what the other end is to it. */
export function toTicketLinkDto(row: LinkRow, ticket: string): TicketLinkDto {
  return {
    id: row.id,
    kind: kindSeenFrom(ticket, row),
    ticket: row.fromId === ticket ? row.to : row.from,
    createdAt: row.createdAt.toISOString(),
  };
}
