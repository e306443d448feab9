import { NotFound, hasCode, type DeskEvent, type Manydesk } from '@manydesk/sdk';
import type { Ticket, TicketCopy } from './ticket-copy.js';

/** Tickets that are asked for at the same time. */
const AT_ONCE = 8;
/** What a ticket shows of others: who wrote it, who has it, and whose firm it is. */
const SHOWN = new Set(['customer', 'company', 'user']);
const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/**
 * Keeps a copy of all tickets: follows the log and asks anew for every ticket that something happened to. What comes
 * back is of now, thus maybe newer than the event; a later event of it only asks once more. Ends with the signal;
 * throws what the feed throws.
 */
export async function mirrorTickets(
  desk: Manydesk,
  copy: TicketCopy,
  signal?: AbortSignal,
): Promise<void> {
  if (copy.position < 0) await begin(desk, copy);
  const options = { after: copy.position, ...(signal && { signal }) };
  for await (const { events, position } of desk.events.follow(options).stretches()) {
    const ids = ticketsOf(events, copy);
    const put: Ticket[] = [];
    const gone: string[] = [];
    await all(ids, async (id) => {
      const ticket = await find(desk, id);
      if (ticket) put.push(ticket);
      else gone.push(id);
    });
    copy.commit({ position, put, gone });
  }
}

/** From the start of the log; where that is not kept any more, from a list of all tickets as they are. */
async function begin(desk: Manydesk, copy: TicketCopy): Promise<void> {
  try {
    await desk.events.list({ after: 0, limit: 1 });
    copy.commit({ position: 0, put: [], gone: [] });
  } catch (error) {
    if (!hasCode(error, 'events.gone')) throw error;
    // The position first: what happens while the list is read comes as events afterwards.
    const { oldestAvailable } = error.details as { oldestAvailable: number };
    const put = await desk.tickets.list({ include: 'fields', sort: 'createdAt' }).toArray();
    copy.commit({ position: oldestAvailable - 1, put, gone: [] });
  }
}

/** The tickets that the events are about, or that show something that the events are about. */
function ticketsOf(events: DeskEvent[], copy: TicketCopy): Set<string> {
  const ids = new Set<string>();
  const shown = new Set<string>();
  for (const { subject, data, changes } of events) {
    const named = [subject.id, ...(JSON.stringify([data, changes]).match(ID) ?? [])];
    if (subject.type === 'ticket') ids.add(subject.id);
    // A merge or a split names its other tickets.
    for (const id of named) if (copy.tickets.has(id)) ids.add(id);
    if (SHOWN.has(subject.type)) for (const id of named) shown.add(id);
  }
  if (shown.size === 0) return ids;
  for (const { id, requester, assignee, companyId } of copy.tickets.values()) {
    const others = [requester.id, assignee?.id, companyId];
    if (others.some((other) => other && shown.has(other))) ids.add(id);
  }
  return ids;
}

async function find(desk: Manydesk, id: string): Promise<Ticket | null> {
  try {
    const ticket = await desk.tickets.get(id);
    return comparable(ticket);
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}

/** The ticket without what only its own address says (it follows from `mergedIntoId`). */
function comparable({ mergedInto: _, ...ticket }: Ticket): Ticket {
  return ticket;
}

async function all(ids: Iterable<string>, work: (id: string) => Promise<void>): Promise<void> {
  const waiting = [...ids];
  const lane = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) await work(id);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}
