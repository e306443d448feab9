import { infiniteQueryOptions, queryOptions, useQuery } from '@tanstack/react-query';
import { call, queryOf } from '../../api/call.js';
import type { Ticket } from '../../api/types.js';
import type {
  CannedReply,
  Company,
  Customer,
  CustomField,
  Macro,
  Team,
  TicketLink,
  TicketState,
  TimelineEntry,
} from './ticket-types.js';

interface Page<T> {
  data: T[];
  nextCursor?: string | null;
}

const minutes = 60_000;
/** Enough of what an organization sets up once; more than these nobody reads through. */
const mostPages = 5;

async function everyPage<T>(path: string, signal: AbortSignal): Promise<T[]> {
  const found: T[] = [];
  let cursor: string | undefined;
  for (let read = 0; read < mostPages; read += 1) {
    const mark = path.includes('?') ? '&' : '?';
    const more = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
    const page = await call<Page<T>>('GET', `${path}${mark}limit=100${more}`, { signal });
    found.push(...page.data);
    if (!page.nextCursor) break;
    cursor = page.nextCursor;
  }
  return found;
}

/** What an organization has set up: read once and kept for a while. */
const settingQuery = <T>(key: string, path: string) =>
  queryOptions({
    queryKey: [key],
    staleTime: 5 * minutes,
    queryFn: ({ signal }) => everyPage<T>(path, signal),
  });

export const statesQuery = settingQuery<TicketState>('ticket-states', '/ticket-states');
export const teamsQuery = settingQuery<Team>('teams', '/teams');
export const fieldsQuery = queryOptions({
  queryKey: ['custom-fields', 'ticket'],
  staleTime: 5 * minutes,
  queryFn: async ({ signal }) =>
    (await call<Page<CustomField>>('GET', '/custom-fields?subject=ticket', { signal })).data,
});
export const cannedRepliesQuery = settingQuery<CannedReply>('canned-replies', '/canned-replies');
export const macrosQuery = settingQuery<Macro>('macros', '/macros');

/** The states that can be chosen, in their order. */
export function useStates(): TicketState[] {
  const { data = [] } = useQuery(statesQuery);
  return data;
}

/** One customer. */
export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: ['customers', 'one', id],
    queryFn: async ({ signal }) =>
      (await call<{ data: Customer }>('GET', `/customers/${id}`, { signal })).data,
  });

/** One company. */
export const companyQuery = (id: string) =>
  queryOptions({
    queryKey: ['companies', 'one', id],
    queryFn: async ({ signal }) =>
      (await call<{ data: Company }>('GET', `/companies/${id}`, { signal })).data,
  });

/** The newest tickets of a customer or a company. */
export const historyQuery = (of: { requesterId?: string; companyId?: string }) =>
  queryOptions({
    queryKey: ['ticket-history', of],
    queryFn: async ({ signal }) =>
      (
        await call<Page<Ticket>>(
          'GET',
          `/tickets${queryOf({ ...of, limit: 6, sort: '-createdAt' })}`,
          {
            signal,
          },
        )
      ).data,
  });

/** What a ticket is linked to. */
export const linksQuery = (id: string) =>
  queryOptions({
    queryKey: ['ticket-links', id],
    queryFn: async ({ signal }) =>
      (await call<Page<TicketLink>>('GET', `/tickets/${id}/links`, { signal })).data,
  });

/** Everything that happened to a ticket, the newest first. */
export const timelineQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['ticket-timeline', id],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call<Page<TimelineEntry>>(
        'GET',
        `/tickets/${id}/timeline${queryOf({ limit: 50, cursor: pageParam })}`,
        { signal },
      ),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

/** Tickets by words of their subject, or one by its number: for the dialogs that ask for another ticket. */
export const ticketChoicesQuery = (words: string) =>
  queryOptions({
    queryKey: ['ticket-choices', words],
    queryFn: async ({ signal }) => {
      const number = /^#?(\d{1,9})$/.exec(words.trim())?.[1];
      const query = number
        ? { number: Number(number), limit: 8 }
        : { ...(words.trim() && { subject: words.trim() }), limit: 8 };
      return (await call<Page<Ticket>>('GET', `/tickets${queryOf(query)}`, { signal })).data;
    },
  });
