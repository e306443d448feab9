import { Injectable } from '@nestjs/common';
import {
  TicketList,
  type FoundTicket,
  type TicketFilter,
} from '#modules/tickets/ticket-list.service.js';

/** Tickets that are looked at together, and then twice as many, and twice as many again. */
const FIRST_WINDOW = 75;
const LARGEST_WINDOW = 4_800;
/** Tickets with the words that one page looks at, however few of them pass the filters. */
const MOST_LOOKED_AT = 12_000;

/**
 * How far a search has come: the newest tickets with the words are taken a window at a time, and within a window those
 * that have them in subject or customer come first. So a word of a hundred thousand tickets is not sorted as a whole.
 */
export interface SearchPlace {
  /** The window is of numbers below this; 0 for the newest. */
  below: number;
  window: number;
  /** How many of the window were shown. */
  shown: number;
}

export const FIRST_PLACE: SearchPlace = { below: 0, window: FIRST_WINDOW, shown: 0 };

/** A page of what was found. `next` is null at the end. */
interface FoundPage {
  ids: string[];
  next: SearchPlace | null;
}

/** Goes through what the index finds, in pages. */
@Injectable()
export class FoundTickets {
  constructor(private readonly tickets: TicketList) {}

  /** Up to `limit` tickets from `place` on, for which `query` is found in what `readers` may read and `filter` holds. */
  async page(
    query: string,
    readers: readonly string[],
    filter: TicketFilter,
    place: SearchPlace,
    limit: number,
  ): Promise<FoundPage> {
    const ids: string[] = [];
    let lookedAt = 0;
    for (let at = place; ;) {
      const { below, window, shown } = at;
      const asked = { query, readers, below: below === 0 ? null : below, most: window };
      const found = await this.tickets.found(filter, asked);
      const passing = ranked(found.filter(({ passes }) => passes));
      const taken = passing.slice(shown, shown + limit - ids.length);
      ids.push(...taken.map(({ id }) => id));
      lookedAt += found.length;
      if (shown + taken.length < passing.length)
        return { ids, next: { below, window, shown: shown + taken.length } };
      if (found.length < window) return { ids, next: null };
      const further = Math.min(window * 2, LARGEST_WINDOW);
      at = { below: found.at(-1)!.number, window: further, shown: 0 };
      if (ids.length === limit || lookedAt >= MOST_LOOKED_AT) return { ids, next: at };
    }
  }
}

/** In subject or customer first, then the newest. */
function ranked(found: FoundTicket[]): FoundTicket[] {
  return found.toSorted((a, b) => Number(b.inHead) - Number(a.inHead) || b.number - a.number);
}
