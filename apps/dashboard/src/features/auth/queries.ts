import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { answer, api } from '../../api/client.js';
import { forget } from '../../api/session.js';
import type { Me } from '../../api/types.js';

/** The signed-in person, the organization and what may be done in it. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/me', { signal }))).data as Me,
  staleTime: 5 * 60_000,
});

/** The signed-in person; undefined only while the first answer is on its way. */
export function useMe() {
  return useQuery(meQuery).data;
}

/** Tells whether a permission is held; false until it is known. */
export function useCan(permission: string): boolean {
  return useMe()?.permissions.some((held) => held === permission) ?? false;
}

/** Ends the session here and on the server, and leaves nothing of it in memory. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useCallback(async () => {
    // Offline, the server cannot be told; the person must be able to leave all the same.
    await answer(api.DELETE('/api/v1/auth/sessions/current')).catch(() => undefined);
    forget();
    client.clear();
    await navigate({ to: '/sign-in', search: {} });
  }, [client, navigate]);
}
