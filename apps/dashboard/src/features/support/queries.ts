import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { answer, api } from '../../api/client.js';

/** A minute: an access ends by the clock too, of which no event tells. */
const lookAgainMs = 60_000;

/** Everything that staff of the deployment ever asked for, the newest first. */
export const supportAccessesQuery = infiniteQueryOptions({
  queryKey: ['support-accesses', 'all'],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam, signal }) =>
    answer(
      api.GET('/api/v1/support-accesses', {
        params: { query: { limit: 50, ...(pageParam && { cursor: pageParam }) } },
        signal,
      }),
    ),
  getNextPageParam: (last) => last.nextCursor ?? undefined,
  refetchInterval: lookAgainMs,
});

/** Who of them may look now. */
export const currentSupportQuery = queryOptions({
  queryKey: ['support-accesses', 'current'],
  queryFn: async ({ signal }) =>
    (await answer(api.GET('/api/v1/support-accesses/current', { signal }))).data,
  refetchInterval: lookAgainMs,
});

/** What whoever runs the desk tells everybody now. */
export const announcementsQuery = queryOptions({
  queryKey: ['announcements'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/announcements', { signal }))).data,
  staleTime: lookAgainMs,
  refetchInterval: 5 * lookAgainMs,
});

/** Changes an access and reads again who may look. */
export function useSupportChange<V, R>(change: (values: V) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: ['support-accesses'] }),
  });
}

export const grantSupport = ({ id, hours }: { id: string; hours: number }) =>
  answer(
    api.PUT('/api/v1/support-accesses/{id}/grant', { params: { path: { id } }, body: { hours } }),
  );

export const endSupport = (id: string) =>
  answer(api.DELETE('/api/v1/support-accesses/{id}', { params: { path: { id } } }));
