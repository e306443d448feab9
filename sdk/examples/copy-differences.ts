import type { Manydesk } from '@manydesk/sdk';
import type { Ticket, TicketCopy } from './ticket-copy.js';

/** One thing in which a copy is not as the desk: a ticket that is missing or too many, or a field of one. */
export interface Difference {
  id: string;
  field: string;
  copy: unknown;
  desk: unknown;
}

/** Compares ticket by ticket and field by field what the desk lists with what the copy holds. */
export async function differencesOf(desk: Manydesk, copy: TicketCopy): Promise<Difference[]> {
  const tickets = desk.tickets.list({ include: 'fields', sort: 'createdAt', limit: 100 });
  return compared(await tickets.toArray(), copy.tickets);
}

/** In what the tickets of a copy differ from `rows`, the tickets as they are. */
export function compared(rows: Ticket[], copy: ReadonlyMap<string, Ticket>): Difference[] {
  const left = new Map(copy);
  const found: Difference[] = [];
  for (const row of rows) {
    const kept = left.get(row.id);
    left.delete(row.id);
    if (!kept) {
      found.push({ id: row.id, field: '(all)', copy: 'missing', desk: `ticket ${row.number}` });
      continue;
    }
    const fields = new Set([...Object.keys(row), ...Object.keys(kept)]) as Set<keyof Ticket>;
    for (const field of fields)
      if (textOf(kept[field]) !== textOf(row[field]))
        found.push({ id: row.id, field, copy: kept[field], desk: row[field] });
  }
  for (const { id, number } of left.values())
    found.push({ id, field: '(all)', copy: `ticket ${number}`, desk: 'missing' });
  return found;
}

/** As text, with the keys in one order. */
function textOf(value: unknown): string {
  return JSON.stringify(value ?? null, (_, each: unknown) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
