import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer } from '../../api/client.js';
import { staffApi } from './client.js';
import { pageSize } from './queries.js';

/** The page after one of a list that counts its items rather than naming the last. */
function after(last: { data: unknown[] }, _: unknown, skip: number): number | undefined {
  return last.data.length < pageSize ? undefined : skip + pageSize;
}

/** The queue, the outbox, and what failed in the last day. */
export const operationsQuery = queryOptions({
  queryKey: ['operations'],
  queryFn: async ({ signal }) =>
    (await answer(staffApi.GET('/api/v1/admin/operations', { signal }))).data,
});

/** Where mails or webhooks fail, the most first. */
export const troubledQuery = infiniteQueryOptions({
  queryKey: ['operations', 'organizations'],
  initialPageParam: 0,
  queryFn: ({ pageParam: skip, signal }) =>
    answer(
      staffApi.GET('/api/v1/admin/operations/organizations', {
        params: { query: { limit: pageSize, skip } },
        signal,
      }),
    ),
  getNextPageParam: after,
});

/** Jobs that were given up, of all organizations or of one. */
export const failedJobsQuery = (organizationId?: string) =>
  infiniteQueryOptions({
    queryKey: ['operations', 'failed-jobs', organizationId],
    initialPageParam: 0,
    queryFn: ({ pageParam: skip, signal }) =>
      answer(
        staffApi.GET('/api/v1/admin/operations/failed-jobs', {
          params: { query: { limit: pageSize, skip, ...(organizationId && { organizationId }) } },
          signal,
        }),
      ),
    getNextPageParam: after,
  });

/** How the process that answers did, by route. */
export const routesQuery = queryOptions({
  queryKey: ['operations', 'routes'],
  queryFn: async ({ signal }) =>
    (await answer(staffApi.GET('/api/v1/admin/operations/routes', { signal }))).data,
});

/** What took long in the database of the process that answers. */
export const slowStatementsQuery = queryOptions({
  queryKey: ['operations', 'slow-statements'],
  queryFn: async ({ signal }) =>
    (await answer(staffApi.GET('/api/v1/admin/operations/slow-statements', { signal }))).data,
});

export const retryJobs = async (jobIds: string[]) =>
  (await answer(staffApi.POST('/api/v1/admin/operations/retries', { body: { jobIds } }))).data;
