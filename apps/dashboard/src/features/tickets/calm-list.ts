import { useMemo, useState } from 'react';
import type { Ticket } from '../../api/types.js';

/** The tickets as they stood, each in its newest state, with what has come after the last of them. */
export function inOldOrder(held: Ticket[], fresh: Ticket[]): Ticket[] {
  const newest = new Map(fresh.map((ticket) => [ticket.id, ticket]));
  const known = new Set(held.map(({ id }) => id));
  const end = fresh.findLastIndex(({ id }) => known.has(id));
  const further = fresh.slice(end + 1).filter(({ id }) => !known.has(id));
  return [...held.map((ticket) => newest.get(ticket.id) ?? ticket), ...further];
}

/**
 * A list that does not move while a person points at it: a row that changes its place under the pointer is
 * opened by mistake. Held, it shows what is known of each row, and says that it would look different.
 */
export function useCalmList(fresh: Ticket[]) {
  const [held, setHeld] = useState<Ticket[] | null>(null);
  const shown = useMemo(() => (held ? inOldOrder(held, fresh) : fresh), [held, fresh]);
  const moved =
    held !== null &&
    (shown.length !== fresh.length || shown.some(({ id }, index) => id !== fresh[index]?.id));
  return {
    shown,
    moved,
    hold: () => {
      if (!held && fresh.length > 0) setHeld(fresh);
    },
    release: () => setHeld(null),
  };
}
