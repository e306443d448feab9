import { infiniteQueryOptions } from '@tanstack/react-query';
import { answer } from '../../api/client.js';
import { staffApi } from './client.js';
import { pageSize } from './queries.js';
import type { NewAnnouncement, StaffRole } from './types.js';

/** The staff, the newest first. */
export const membersQuery = infiniteQueryOptions({
  queryKey: ['members'],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam, signal }) =>
    answer(
      staffApi.GET('/api/v1/admin/staff', {
        params: { query: { limit: pageSize, ...(pageParam && { cursor: pageParam }) } },
        signal,
      }),
    ),
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

export const makeMember = async (body: { email: string; name: string; role: StaffRole }) =>
  (await answer(staffApi.POST('/api/v1/admin/staff', { body }))).data;

export const endMember = (id: string) =>
  answer(staffApi.DELETE('/api/v1/admin/staff/{id}', { params: { path: { id } } }));

/** What the staff did, the newest first; all of it, or what touched one organization. */
export const actsQuery = (organizationId?: string) =>
  infiniteQueryOptions({
    queryKey: ['acts', organizationId],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answer(
        staffApi.GET('/api/v1/admin/acts', {
          params: {
            query: {
              limit: pageSize,
              ...(organizationId && { organizationId }),
              ...(pageParam && { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

/** What was told to everybody, the newest first. */
export const announcementsQuery = infiniteQueryOptions({
  queryKey: ['announcements'],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam, signal }) =>
    answer(
      staffApi.GET('/api/v1/admin/announcements', {
        params: { query: { limit: pageSize, ...(pageParam && { cursor: pageParam }) } },
        signal,
      }),
    ),
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

export const announce = (body: NewAnnouncement) =>
  answer(staffApi.POST('/api/v1/admin/announcements', { body }));

export const withdraw = (id: string) =>
  answer(staffApi.DELETE('/api/v1/admin/announcements/{id}', { params: { path: { id } } }));

export const changePassword = (body: { currentPassword: string; newPassword: string }) =>
  answer(staffApi.PUT('/api/v1/admin/me/password', { body }));
