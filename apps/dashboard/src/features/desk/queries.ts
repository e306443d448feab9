import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call, queryOf } from '../../api/call.js';
import type {
  CustomField,
  Named,
  Page,
  SavedView,
  Team,
  TicketState,
} from '../../api/desk-types.js';

/** What a desk is made of changes seldom, and its change is told by an event. */
const staleTime = 5 * 60_000;
/** A list that is short by nature, and comes whole. */
async function whole<T>(path: string, signal: AbortSignal): Promise<T[]> {
  return (await call<Page<T>>('GET', path, { signal })).data;
}

const kept = <T extends { archivedAt: string | null }>(all: T[]) =>
  all.filter(({ archivedAt }) => !archivedAt);

/** The views that the person sees: their own, those of their teams, those of everybody. */
export const viewsQuery = queryOptions({
  queryKey: ['views'],
  staleTime,
  queryFn: ({ signal }) => whole<SavedView>('/views', signal),
});

/** The teams, archived ones left out. */
export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  staleTime,
  queryFn: ({ signal }) => whole<Team>('/teams', signal),
  select: kept<Team>,
});

/** The states that a ticket can be in, in their order. */
export const statesQuery = queryOptions({
  queryKey: ['ticket-states'],
  staleTime,
  queryFn: ({ signal }) => whole<TicketState>('/ticket-states', signal),
  select: kept<TicketState>,
});

/** The organization's own fields of tickets. */
export const fieldsQuery = queryOptions({
  queryKey: ['custom-fields', 'ticket'],
  staleTime,
  queryFn: ({ signal }) => whole<CustomField>('/custom-fields?subject=ticket', signal),
  select: kept<CustomField>,
});

/** One company. */
export const companyQuery = (id: string) =>
  queryOptions({
    queryKey: ['companies', 'one', id],
    staleTime,
    queryFn: async ({ signal }) =>
      (await call<{ data: Named }>('GET', `/companies/${id}`, { signal })).data,
  });

/** A list that is read a page at a time. */
export function pagesOf<T, P extends Page<T> = Page<T>>(
  queryKey: readonly unknown[],
  path: string,
  query: Record<string, string | undefined> = {},
) {
  return infiniteQueryOptions({
    queryKey,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call<P>('GET', `${path}${queryOf({ ...query, limit: 50, cursor: pageParam })}`, { signal }),
    getNextPageParam: (last: P) => last.nextCursor ?? undefined,
  });
}
