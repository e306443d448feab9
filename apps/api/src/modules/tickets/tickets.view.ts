import type { TicketDto } from './dto/ticket.dto.js';
import type { TicketPriority, TicketStatus, TicketType } from './ticket-terms.js';

/** What of a ticket leaves the room. The hand-written statements in `tickets.sql.ts` give the same columns. */
export const ticketSelect = {
  id: true,
  number: true,
  subject: true,
  status: true,
  priority: true,
  channel: true,
  requesterId: true,
  requesterEmail: true,
  requesterName: true,
  assigneeId: true,
  assigneeName: true,
  tags: true,
  messageCount: true,
  createdAt: true,
  updatedAt: true,
  lastMessageAt: true,
  closedAt: true,
  stateId: true,
  type: true,
  teamId: true,
  companyId: true,
  snoozedUntil: true,
  mergedIntoId: true,
  cc: true,
  version: true,
} as const;

/** What is shown of one ticket: a list leaves the custom fields out, of which there may be hundreds. */
export const ticketDetailSelect = { ...ticketSelect, fields: true } as const;

/** A ticket as Prisma (dates) or a hand-written statement (ISO strings) reads it. */
export interface TicketRow<Instant = Date | string> {
  id: string;
  number: number;
  subject: string;
  status: string;
  priority: string;
  channel: string;
  requesterId: string;
  requesterEmail: string;
  requesterName: string;
  assigneeId: string | null;
  assigneeName: string | null;
  tags: string[];
  messageCount: number;
  createdAt: Instant;
  updatedAt: Instant;
  lastMessageAt: Instant;
  closedAt: Instant | null;
  stateId: string;
  type: string | null;
  teamId: string | null;
  companyId: string | null;
  snoozedUntil: Instant | null;
  mergedIntoId: string | null;
  cc: string[];
  version: number;
  /** Only where they were asked for. */
  fields?: unknown;
  /** Only of one ticket by itself. */
  mergedIntoNumber?: number | null;
}

export function toTicketDto(row: TicketRow): TicketDto {
  return {
    id: row.id,
    number: row.number,
    subject: row.subject,
    status: row.status as TicketStatus,
    priority: row.priority as TicketPriority,
    channel: row.channel,
    requester: { id: row.requesterId, email: row.requesterEmail, name: row.requesterName },
    assignee: row.assigneeId === null ? null : { id: row.assigneeId, name: row.assigneeName! },
    tags: row.tags,
    messageCount: row.messageCount,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
    lastMessageAt: iso(row.lastMessageAt),
    closedAt: row.closedAt === null ? null : iso(row.closedAt),
    stateId: row.stateId,
    type: row.type as TicketType | null,
    teamId: row.teamId,
    companyId: row.companyId,
    snoozedUntil: row.snoozedUntil === null ? null : iso(row.snoozedUntil),
    mergedIntoId: row.mergedIntoId,
    cc: row.cc,
    version: row.version,
    ...(row.fields === undefined ? {} : { fields: row.fields as Record<string, unknown> }),
    ...(row.mergedIntoNumber === undefined ? {} : { mergedInto: mergedIntoOf(row) }),
  };
}

function mergedIntoOf({ mergedIntoId, mergedIntoNumber }: TicketRow): TicketDto['mergedInto'] {
  return mergedIntoId === null ? null : { id: mergedIntoId, number: mergedIntoNumber! };
}

export function iso(instant: Date | string): string {
  return typeof instant === 'string' ? instant : instant.toISOString();
}
