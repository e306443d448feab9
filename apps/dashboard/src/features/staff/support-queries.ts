import { infiniteQueryOptions } from '@tanstack/react-query';
import { answer } from '../../api/client.js';
import { staffApi } from './client.js';
import { pageSize } from './queries.js';
import type { SupportScope } from './types.js';

/** What organizations can let somebody look at. */
export const scopes = [
  'tickets:read',
  'notes:read',
  'customers:read',
  'users:read',
  'roles:read',
  'organization:read',
] as const satisfies SupportScope[];

/** Hours for which one asks. */
export const usualHours = [1, 2, 4, 8, 24, 48, 72];

/** What the staff asked organizations for, the newest first. */
export const accessesQuery = infiniteQueryOptions({
  queryKey: ['support-accesses'],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam, signal }) =>
    answer(
      staffApi.GET('/api/v1/admin/support-accesses', {
        params: { query: { limit: pageSize, ...(pageParam && { cursor: pageParam }) } },
        signal,
      }),
    ),
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

export const askAccess = (body: {
  organizationId: string;
  reason: string;
  scopes: SupportScope[];
  hours: number;
}) => answer(staffApi.POST('/api/v1/admin/support-accesses', { body }));

const at = (id: string) => ({ params: { path: { id } } });

export const giveBack = (id: string) =>
  answer(staffApi.DELETE('/api/v1/admin/support-accesses/{id}', at(id)));

export const breakGlass = async (id: string) =>
  (await answer(staffApi.PUT('/api/v1/admin/support-accesses/{id}/break-glass', at(id)))).data;
