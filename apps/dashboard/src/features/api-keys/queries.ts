import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../api/client.js';
import type { ApiScope } from '../../api/types.js';

const at = (id: string) => ({ params: { path: { id } } });

/** The organization's keys, newest first. */
export const apiKeysQuery = infiniteQueryOptions({
  queryKey: ['api-keys'],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam, signal }) =>
    answer(
      api.GET('/api/v1/api-keys', {
        params: { query: { limit: 50, ...(pageParam && { cursor: pageParam }) } },
        signal,
      }),
    ),
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

/** How often the last calls are looked at again: whoever reads them is trying a program out, and it calls meanwhile. */
const callsMs = 5_000;

/** The last calls of a key, newest first. */
export const callsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['api-key-calls', id],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/api/v1/api-keys/{id}/calls', {
          // All that are kept: they are looked through here.
          params: { path: { id }, query: { limit: 100, ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    refetchInterval: callsMs,
  });

/** Everything a key may be allowed to do, in the order in which it is offered. */
export const scopes = [
  'tickets:read',
  'tickets:write',
  'events:read',
  'webhooks:read',
  'webhooks:write',
  'mail:write',
  'mail:read',
  'users:read',
  'users:write',
  'roles:read',
  'roles:write',
  'organization:read',
  'organization:write',
  'security:read',
  'security:write',
  'apiKeys:read',
  'apiKeys:write',
  'directory:write',
  'audit:read',
] as const satisfies ApiScope[];

export interface KeyBody {
  name: string;
  scopes: ApiScope[];
  allowedNetworks: string[];
  expiresAt?: string | null;
}

/** Changes the keys and reads them again. */
export function useKeyChange<V, R>(change: (values: V) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: ['api-keys'] }),
  });
}

/** Creates a key; the answer holds its secret, which nobody can read again. */
export const createKey = async (body: KeyBody & { environment: 'live' | 'test' }) =>
  (await answer(api.POST('/api/v1/api-keys', { body }))).data;

export const changeKey = ({ id, ...body }: Partial<KeyBody> & { id: string }) =>
  answer(api.PATCH('/api/v1/api-keys/{id}', { ...at(id), body }));

/** Makes a further secret; the one before works on for `overlapHours`. */
export const rotateKey = async ({ id, overlapHours }: { id: string; overlapHours: number }) =>
  (await answer(api.POST('/api/v1/api-keys/{id}/rotation', { ...at(id), body: { overlapHours } })))
    .data;

/** Makes a key useless, at once and for good. */
export const revokeKey = (id: string) => answer(api.DELETE('/api/v1/api-keys/{id}', at(id)));
