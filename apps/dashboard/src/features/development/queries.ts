import { infiniteQueryOptions, queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api } from '../../api/client.js';
import { ApiError } from '../../api/error.js';

/** Whether this deployment shows the mails to people about their accounts: only a development one does. */
const existsQuery = queryOptions({
  queryKey: ['notices-exist'],
  staleTime: Infinity,
  queryFn: async ({ signal }) => {
    try {
      const params = { query: { limit: 1 } };
      await answer(api.GET('/api/v1/development/notices', { params, signal }));
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return false;
      throw error;
    }
  },
});

export function useNoticesExist(): boolean {
  return useQuery(existsQuery).data ?? false;
}

/** Mails to people about their accounts, newest first; they come by themselves, so one looks often. */
export const noticesQuery = infiniteQueryOptions({
  queryKey: ['notices'],
  refetchInterval: 3_000,
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam, signal }) =>
    answer(
      api.GET('/api/v1/development/notices', {
        params: { query: { limit: 50, ...(pageParam && { cursor: pageParam }) } },
        signal,
      }),
    ),
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

/** One of them, as it was sent. */
export const noticeQuery = (id: string) =>
  queryOptions({
    queryKey: ['notice', id],
    queryFn: async ({ signal }) => {
      const params = { path: { id } };
      return (await answer(api.GET('/api/v1/development/notices/{id}', { params, signal }))).data;
    },
  });
