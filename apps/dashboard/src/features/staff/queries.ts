import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { answer } from '../../api/client.js';
import { staffApi } from './client.js';
import { standings, usages } from './standing.js';
import type { StaffRight } from './types.js';

/** Whether an organization may work. */
export const statuses = ['active', 'suspended', 'to_be_deleted'] as const;

/** How much of a list comes at a time. */
export const pageSize = 25;

/** Who is signed in, and what they may do. */
export const staffMeQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => (await answer(staffApi.GET('/api/v1/admin/me', { signal }))).data,
  staleTime: 5 * 60_000,
});

/** Who is signed in; the frame has asked before anything below it is shown. */
export function useStaff() {
  return useQuery(staffMeQuery).data;
}

/** Tells whether the role has a right; false until it is known. */
export function useMay(right: StaffRight): boolean {
  return useStaff()?.permissions.includes(right) ?? false;
}

/** What the list of organizations is narrowed by, as it stands in the address. */
export interface OrganizationSearch {
  q?: string | undefined;
  status?: string | undefined;
  plan?: string | undefined;
  standing?: string | undefined;
  usage?: string | undefined;
}

/** One of the values that the API knows; anything else in an address narrows nothing. */
const known = <T extends string>(values: readonly T[], value: string | undefined) =>
  values.find((each) => each === value);

/** The organizations of the deployment, the newest first. */
export function organizationsQuery(search: OrganizationSearch) {
  const { q, plan } = search;
  const status = known(statuses, search.status);
  const standing = known(standings, search.standing);
  const usage = known(usages, search.usage);
  const narrowed = {
    ...(q && { search: q }),
    ...(status && { status }),
    ...(plan && { plan }),
    ...(standing && { standing }),
    ...(usage && { usage }),
  };
  return infiniteQueryOptions({
    queryKey: ['organizations', narrowed],
    // What was found stays until what is looked for next is there.
    placeholderData: keepPreviousData,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answer(
        staffApi.GET('/api/v1/admin/organizations', {
          params: {
            query: { limit: pageSize, ...narrowed, ...(pageParam && { cursor: pageParam }) },
          },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
}

/** How one organization fares. */
export const healthQuery = (id: string) =>
  queryOptions({
    queryKey: ['organization', id],
    queryFn: async ({ signal }) =>
      (
        await answer(
          staffApi.GET('/api/v1/admin/organizations/{id}', { params: { path: { id } }, signal }),
        )
      ).data,
  });

/** Changes something and reads again what it may have changed: the lists are short, so all of them. */
export function useStaffChange<V, R>(change: (values: V) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries() });
}

const at = (id: string) => ({ path: { id } });

export const suspend = ({ id, reason }: { id: string; reason: string }) =>
  answer(
    staffApi.PUT('/api/v1/admin/organizations/{id}/suspension', {
      params: at(id),
      body: { reason },
    }),
  );

export const restore = (id: string) =>
  answer(staffApi.DELETE('/api/v1/admin/organizations/{id}/suspension', { params: at(id) }));

export const doom = ({ id, ...body }: { id: string; slug: string; reason: string }) =>
  answer(staffApi.PUT('/api/v1/admin/organizations/{id}/deletion', { params: at(id), body }));

export const keep = (id: string) =>
  answer(staffApi.DELETE('/api/v1/admin/organizations/{id}/deletion', { params: at(id) }));

/** What was deleted for good, the newest first. */
export const certificatesQuery = infiniteQueryOptions({
  queryKey: ['certificates'],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam, signal }) =>
    answer(
      staffApi.GET('/api/v1/admin/erasure-certificates', {
        params: { query: { limit: pageSize, ...(pageParam && { cursor: pageParam }) } },
        signal,
      }),
    ),
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});
