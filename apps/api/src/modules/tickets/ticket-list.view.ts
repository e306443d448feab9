import type { Cursor } from '#core/database/page.js';
import { TICKET_PRIORITIES, type TicketPriority, type TicketSort } from './ticket-terms.js';
import { iso, type TicketRow } from './tickets.view.js';

/** `rank:milliseconds`, the place of a row in a list by priority. */
const PRIORITY_CURSOR = /^[0-3]:\d{1,13}$/;

/** The place of a row in a list sorted by `sort`. */
export function ticketCursor(row: TicketRow, sort: TicketSort): Cursor {
  return { key: keyOf(row, sort), id: row.id };
}

function keyOf(row: TicketRow, sort: TicketSort): string {
  switch (sort.replace('-', '')) {
    case 'number':
      return String(row.number);
    case 'priority':
      return `${TICKET_PRIORITIES.indexOf(row.priority as TicketPriority)}:${Date.parse(iso(row.updatedAt))}`;
    case 'createdAt':
      return iso(row.createdAt);
    case 'lastMessageAt':
      return iso(row.lastMessageAt);
    default:
      return iso(row.updatedAt);
  }
}

/** What the key of a cursor looks like in a list sorted by `sort`; undefined for a time. */
export function cursorForm(sort: TicketSort): RegExp | undefined {
  if (sort.endsWith('priority')) return PRIORITY_CURSOR;
  // Within what an integer of Postgres holds.
  return sort.endsWith('number') ? /^\d{1,9}$/ : undefined;
}
