import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call, queryOf } from '../../api/call.js';
import type { Named, Page, SavedView } from '../../api/desk-types.js';
import type { Ticket } from '../../api/types.js';
import { useCan } from '../auth/queries.js';
import { viewsQuery } from '../desk/queries.js';
import { firstFoundQuery } from '../search/queries.js';
import { knownTickets } from '../tickets/queries.js';

const shown = 8;
const fewer = 4;
const remembered = 5;
const typingMs = 160;

const byNumber = (number: number) =>
  queryOptions({
    queryKey: ['found-tickets', number],
    queryFn: async ({ signal }) =>
      (await call<Page<Ticket>>('GET', `/tickets${queryOf({ number, limit: 1 })}`, { signal }))
        .data,
  });

interface FoundCustomer extends Named {
  email: string;
}

const customersByWords = (q: string) =>
  queryOptions({
    queryKey: ['customers', 'found', q],
    queryFn: async ({ signal }) => {
      const path = `/customers${queryOf({ q, limit: fewer })}`;
      return (await call<Page<FoundCustomer>>('GET', path, { signal })).data;
    },
  });

/** What this page knows already is shown at once, what the search finds comes after it. */
function bothOnce(known: Ticket[], found: Ticket[]): Ticket[] {
  const ids = new Set(known.map(({ id }) => id));
  return [...known, ...found.filter(({ id }) => !ids.has(id))].slice(0, shown);
}

export interface Found {
  tickets: Ticket[];
  customers: FoundCustomer[];
  views: SavedView[];
}

/** Tickets by their number or words, customers and views by theirs; without words, the tickets seen last. */
export function useFound(words: string): Found {
  const client = useQueryClient();
  const readsCustomers = useCan('customers:read');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(words.trim()), typingMs);
    return () => clearTimeout(timer);
  }, [words]);
  const number = Number(/^#?(\d{1,9})$/.exec(asked)?.[1] ?? 0);
  const worded = number === 0 && asked.length > 1;
  const numbered = useQuery({ ...byNumber(number), enabled: number > 0 });
  const found = useQuery({ ...firstFoundQuery(asked, shown), enabled: worded });
  const customers = useQuery({
    ...customersByWords(asked),
    enabled: worded && readsCustomers,
  });
  const { data: views = [] } = useQuery(viewsQuery);
  const known = knownTickets(client);
  if (words.trim() === '') return { tickets: known.slice(0, remembered), customers: [], views: [] };
  const wanted = words.trim().toLocaleLowerCase();
  return {
    tickets:
      number === 0
        ? bothOnce(
            known.filter(({ subject }) => subject.toLocaleLowerCase().includes(wanted)),
            found.data?.map(({ ticket }) => ticket) ?? [],
          )
        : (numbered.data ?? known.filter((ticket) => ticket.number === number)),
    customers: (worded && customers.data) || [],
    views: views.filter(({ name }) => name.toLocaleLowerCase().includes(wanted)).slice(0, fewer),
  };
}
