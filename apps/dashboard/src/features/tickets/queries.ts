import {
  infiniteQueryOptions,
  queryOptions,
  useQuery,
  useQueryClient,
  type InfiniteData,
  type QueryClient,
} from '@tanstack/react-query';
import { answer, api } from '../../api/client.js';
import type { Page, ViewCount } from '../../api/desk-types.js';
import { call, queryOf } from '../../api/call.js';
import type { Ticket } from '../../api/types.js';
import { viewsQuery } from '../desk/queries.js';
import { countedViews, toTicketQuery, type TicketSearch, type TicketSort } from './search.js';

const pageSize = 50;

interface Asked {
  search: TicketSearch;
  include: string | undefined;
  cursor: string | undefined;
  signal: AbortSignal;
}

async function readTickets(client: QueryClient, { search, include, cursor, signal }: Asked) {
  const query = { ...toTicketQuery(search), limit: pageSize, include, cursor };
  // The API knows what belongs to a view; the order is the list's own.
  if (search.view && !search.sort) {
    const views = await client.ensureQueryData(viewsQuery);
    query.sort = views.find(({ id }) => id === search.view)?.sort as TicketSort | undefined;
  }
  return call<TicketPage>('GET', `/tickets${queryOf(query)}`, { signal });
}

type TicketPage = Page<Ticket>;

/** The queue as a search shows it, a page at a time. */
export const ticketsQuery = (search: TicketSearch, include?: string) =>
  infiniteQueryOptions({
    queryKey: include ? ['tickets', search, include] : ['tickets', search],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal, client }) =>
      readTickets(client, { search, include, cursor: pageParam, signal }),
    getNextPageParam: (last: TicketPage) => last.nextCursor ?? undefined,
  });

/** One ticket. */
export const ticketQuery = (id: string) =>
  queryOptions({
    queryKey: ['ticket', id],
    queryFn: async ({ signal }) =>
      (await answer(api.GET('/api/v1/tickets/{id}', { params: { path: { id } }, signal }))).data,
  });

/** The key of the changes of a ticket that are on their way. */
export const changing = (id: string) => ['change-ticket', id];

/** The conversation of a ticket, oldest first. */
export const messagesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['messages', id],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/api/v1/tickets/{id}/messages', {
          params: { path: { id }, query: { limit: 100, ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

/** How many tickets a view holds; the API stops counting somewhere and says so. */
export function useTicketCount(search: TicketSearch, enabled: boolean) {
  return useQuery({
    queryKey: ['count', search],
    enabled,
    queryFn: async ({ signal }) => {
      const query = { ...toTicketQuery(search), limit: 1 };
      const page = await call<TicketPage>('GET', `/tickets${queryOf(query)}`, { signal });
      const exact = page.totalIsExact !== false;
      // "100+" rather than the 101 at which the API happened to stop.
      return { total: exact ? page.total : page.total - (page.total % 100), exact };
    },
  }).data;
}

/** How much the counted views of the rail hold, all of them asked for at once. */
export function useViewCounts(): ViewCount[] {
  const { data = [] } = useQuery({
    queryKey: ['count', 'rail'],
    queryFn: async ({ signal }) => {
      const path = `/views/counts${queryOf({ conditions: countedViews })}`;
      return (await call<{ data: ViewCount[] }>('GET', path, { signal })).data;
    },
  });
  return data;
}

/** Tickets that this page has already seen, newest knowledge first, each once. */
export function knownTickets(client: QueryClient): Ticket[] {
  const known = new Map<string, Ticket>();
  for (const [, ticket] of client.getQueriesData<Ticket>({ queryKey: ['ticket'] })) {
    if (ticket) known.set(ticket.id, ticket);
  }
  for (const [, lists] of client.getQueriesData<InfiniteData<TicketPage>>({
    queryKey: ['tickets'],
  })) {
    for (const page of lists?.pages ?? []) {
      for (const ticket of page.data) if (!known.has(ticket.id)) known.set(ticket.id, ticket);
    }
  }
  return [...known.values()];
}

/** Puts a newer state of a ticket wherever the old one is shown, without moving anything. */
export function placeTicket(client: QueryClient, ticket: Ticket): void {
  client.setQueryData(ticketQuery(ticket.id).queryKey, ticket);
  client.setQueriesData<InfiniteData<TicketPage>>(
    { queryKey: ['tickets'] },
    (lists) =>
      lists && {
        ...lists,
        pages: lists.pages.map((page) => ({
          ...page,
          data: page.data.map((each) => (each.id === ticket.id ? ticket : each)),
        })),
      },
  );
}

/** A ticket, shown at once from a list that already has it. */
export function useTicket(id: string) {
  const client = useQueryClient();
  return useQuery({
    ...ticketQuery(id),
    placeholderData: () => knownTickets(client).find((ticket) => ticket.id === id),
  });
}
