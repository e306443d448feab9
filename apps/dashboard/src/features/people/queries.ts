import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { answer, api } from '../../api/client.js';
import type { User } from '../../api/types.js';

interface PeopleFilter {
  q?: string;
  status?: 'active' | 'deactivated';
}

interface Page extends PeopleFilter {
  cursor: string | undefined;
  limit: number;
  signal: AbortSignal;
}

function page({ cursor, signal, ...query }: Page) {
  return answer(
    api.GET('/api/v1/users', {
      params: { query: { ...query, ...(cursor && { cursor }) } },
      signal,
    }),
  );
}

/** The people of the organization, a page at a time. */
export const peopleQuery = (filter: PeopleFilter) =>
  infiniteQueryOptions({
    queryKey: ['users', 'pages', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => page({ ...filter, cursor: pageParam, limit: 50, signal }),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

/** Enough for a picker that is searched by name; a bigger desk needs a search on the server. */
const pickerPages = 5;

/** Everybody who can be chosen for something: the active people. */
export const activePeopleQuery = queryOptions({
  queryKey: ['users', 'active'],
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }) => {
    const people: User[] = [];
    let cursor: string | undefined;
    for (let read = 0; read < pickerPages; read += 1) {
      const { data, nextCursor } = await page({ status: 'active', cursor, limit: 100, signal });
      people.push(...data);
      if (!nextCursor) break;
      cursor = nextCursor;
    }
    return people;
  },
});

/** The people who may be given a ticket. */
export const assigneesQuery = queryOptions({
  ...activePeopleQuery,
  select: (people: User[]) => people.filter((person) => person.role !== 'viewer'),
});

/** The invitations that nobody has accepted yet, newest first. */
export const invitationsQuery = infiniteQueryOptions({
  queryKey: ['invitations'],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam, signal }) =>
    answer(
      api.GET('/api/v1/invitations', {
        params: { query: { limit: 50, ...(pageParam && { cursor: pageParam }) } },
        signal,
      }),
    ),
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

/** Changes somebody or an invitation, and reads again what it changes. */
export function usePeopleChange<V, R>(change: (values: V) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      Promise.all(
        [['users'], ['invitations'], ['roles'], ['me']].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  });
}

const at = (id: string) => ({ params: { path: { id } } });

export const invite = (body: { email: string; role: string }) =>
  answer(api.POST('/api/v1/invitations', { body }));

export const resendInvitation = (id: string) =>
  answer(api.POST('/api/v1/invitations/{id}/resend', at(id)));

export const revokeInvitation = (id: string) =>
  answer(api.DELETE('/api/v1/invitations/{id}', at(id)));

export const changePerson = ({ id, ...body }: { id: string; role?: string; name?: string }) =>
  answer(api.PATCH('/api/v1/users/{id}', { ...at(id), body }));

export const deactivatePerson = (id: string) =>
  answer(api.PUT('/api/v1/users/{id}/deactivation', at(id)));

export const reactivatePerson = (id: string) =>
  answer(api.DELETE('/api/v1/users/{id}/deactivation', at(id)));

export const removePerson = (id: string) => answer(api.DELETE('/api/v1/users/{id}', at(id)));

export const resetFactors = (id: string) =>
  answer(api.DELETE('/api/v1/users/{id}/factors', at(id)));
