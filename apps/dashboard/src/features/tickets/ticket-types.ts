import type { Message, Ticket, TicketPriority, TicketStatus } from '../../api/types.js';

export const ticketTypes = [
  'question',
  'incident',
  'problem',
  'task',
] as const satisfies Ticket['type'][];

/** The value of a custom field, by its kind. */
export type FieldValue = string | number | boolean | string[] | null;

/** A ticket with all that the page of it shows: what only the reading of one tells is there too. */
export type DeepTicket = Omit<Ticket, 'fields' | 'mergedInto'> & {
  fields: Record<string, FieldValue>;
  mergedInto: { id: string; number: number } | null;
};

/** A ticket out of a list, or out of an answer that does not tell everything, in the shape of a whole one. */
export function deepTicket(ticket: Ticket): DeepTicket {
  return {
    ...ticket,
    mergedInto: ticket.mergedInto ?? null,
    fields: (ticket.fields ?? {}) as Record<string, FieldValue>,
  };
}

export type TicketType = NonNullable<Ticket['type']>;
export type Attachment = Message['attachments'][number];

export interface TicketState {
  id: string;
  name: string;
  category: TicketStatus;
  position: number;
  isDefault: boolean;
  archivedAt: string | null;
}

export interface Team {
  id: string;
  name: string;
  archivedAt: string | null;
}

export type FieldKind = 'text' | 'number' | 'date' | 'select' | 'multi_select' | 'checkbox';

export interface CustomField {
  id: string;
  key: string;
  kind: FieldKind;
  name: string;
  description: string;
  options: { id: string; name: string }[];
  requiredOnSolve: boolean;
  position: number;
  archivedAt: string | null;
}

export interface Customer {
  id: string;
  name: string;
  email: string;
  addresses: string[];
  company: { id: string; name: string } | null;
  notes: string;
  ticketCount: number;
}

export interface Company {
  id: string;
  name: string;
  notes: string;
  domains: string[];
}

export const linkKinds = [
  'related',
  'duplicate',
  'parent',
  'child',
  'blocks',
  'blocked_by',
] as const;
export type LinkKind = (typeof linkKinds)[number];

export interface TicketLink {
  id: string;
  kind: LinkKind;
  ticket: { id: string; number: number; subject: string; status: TicketStatus };
}

export interface TimelineEntry {
  seq: number;
  type: string;
  occurredAt: string;
  actor: { type: string; id: string | null; name: string | null };
  changes: Record<string, unknown> | null;
  data: Record<string, unknown> | null;
}

export interface CannedReply {
  id: string;
  name: string;
  html: string;
  scope: string;
}

export interface Macro {
  id: string;
  name: string;
  description: string;
  scope: string;
}

export interface MacroPreview {
  changes: { field: string; before: unknown; after: unknown }[];
  replyHtml?: string | null;
  noteHtml?: string | null;
}

export interface Operation {
  id: string;
  kind: string;
  canUndo: boolean;
}

/** Somebody who looks at the same ticket. */
export interface Present {
  id: string;
  name: string;
  state: 'viewing' | 'typing';
}

/** What may be changed of a ticket at once. */
export interface TicketPatch {
  subject?: string;
  priority?: TicketPriority;
  type?: TicketType | null;
  status?: TicketStatus;
  stateId?: string;
  tags?: string[];
  teamId?: string | null;
  cc?: string[];
  fields?: Record<string, FieldValue>;
}
