import type { MessageKey } from '../../messages/catalog.js';

/** What a list can show of a ticket, in the order in which it is offered, with the width of each. */
export const columns = {
  number: '5rem',
  subject: 'minmax(14rem, 1fr)',
  requester: '11rem',
  status: '7rem',
  state: '8rem',
  assignee: '10rem',
  company: '9rem',
  team: '8rem',
  priority: '6rem',
  type: '7rem',
  tags: '10rem',
  channel: '5rem',
  messageCount: '5rem',
  createdAt: '7rem',
  updatedAt: '7rem',
  lastMessageAt: '7rem',
  closedAt: '7rem',
  snoozedUntil: '7rem',
} as const;

export type ColumnId = keyof typeof columns;

/** What a list shows until somebody says otherwise. */
export const usualColumns: string[] = [
  'number',
  'subject',
  'requester',
  'status',
  'assignee',
  'priority',
  'updatedAt',
];

/** The width of a column; one of an own field has the usual one. */
export const widthOf = (column: string): string => columns[column as ColumnId] ?? '9rem';

/** The name of a column; null for an own field, which has its own. */
export function labelOf(column: string): MessageKey | null {
  return column in columns ? `column.${column as ColumnId}` : null;
}

/** The orders that a column's head switches between. */
export const sortsOf: Record<string, [string, string]> = {
  number: ['-number', 'number'],
  priority: ['-priority', 'priority'],
  createdAt: ['-createdAt', 'createdAt'],
  updatedAt: ['-updatedAt', 'updatedAt'],
  lastMessageAt: ['-lastMessageAt', 'lastMessageAt'],
};
