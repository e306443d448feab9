import type { Ticket } from './types.js';

/** A list of things, a page at a time. */
export interface Page<T> {
  data: T[];
  total: number;
  totalIsExact?: boolean;
  nextCursor?: string | null;
}

/** One thing that is asked of a ticket; `value` is left out where the operator says it all. */
export interface Condition {
  field: string;
  operator: string;
  value?: unknown;
}

/** Conditions of which all, or any, must hold; a group may stand in place of a condition once. */
export type Conditions = { all: ConditionOrGroup[] } | { any: ConditionOrGroup[] };
export type ConditionOrGroup = Condition | { all: Condition[] } | { any: Condition[] };

export type ViewScope = 'personal' | 'team' | 'organization';

/** A list that people keep. */
export interface SavedView {
  id: string;
  name: string;
  scope: ViewScope;
  teamId: string | null;
  conditions: Conditions;
  columns: string[];
  sort: string;
  position: number;
  version: number;
}

export interface ViewCount {
  viewId: string;
  count: number;
  isExact: boolean;
}

export interface Team {
  id: string;
  name: string;
  description: string | null;
  isDefault: boolean;
  memberCount: number;
  archivedAt: string | null;
}

export interface TicketState {
  id: string;
  name: string;
  category: Ticket['status'];
  isDefault: boolean;
  archivedAt: string | null;
}

export interface CustomField {
  id: string;
  subject: string;
  key: string;
  kind: 'text' | 'number' | 'date' | 'select' | 'multi_select' | 'checkbox';
  name: string;
  options: { id: string; name: string }[];
  archivedAt: string | null;
}

export interface Named {
  id: string;
  name: string;
}

/** A change of many tickets at once, which can be taken back. */
export interface Operation {
  id: string;
  kind: string;
  status: 'queued' | 'running' | 'done' | 'failed' | 'undoing' | 'undone';
  total: number;
  done: number;
  failed: number;
  canUndo: boolean;
}

export interface Notification {
  id: string;
  kind: 'mentioned' | 'assigned' | 'customer_replied' | 'ticket_created' | 'suppressed';
  /** Null of what was too much to tell one by one. */
  ticket: { id: string; number: number; subject: string } | null;
  messageId: string | null;
  actorName: string | null;
  /** How often it happened before it was read. */
  count: number;
  readAt: string | null;
  createdAt: string;
  latestAt: string;
}

export interface OwnDraft {
  ticketId: string;
  number: number;
  subject: string;
  kind: 'reply' | 'note';
  excerpt: string;
  updatedAt: string;
}

export interface Export {
  id: string;
  format: string;
  status: string;
  total: number | null;
  done: number;
  createdAt: string;
  expiresAt: string | null;
}

export interface FoundTicket {
  ticket: Ticket;
  matches: {
    in: 'subject' | 'message' | 'customer';
    messageId?: string | null;
    snippet: { text: string; hit: boolean }[];
  }[];
}
