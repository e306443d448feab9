import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../api/client.js';
import type { Permission } from '../../api/types.js';

/** The roles that there are: the built-in ones first. */
export const rolesQuery = queryOptions({
  queryKey: ['roles'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/roles', { signal }))).data,
});

/** Every right, with what it lets its holder do. */
export const permissionsQuery = queryOptions({
  queryKey: ['permissions'],
  staleTime: Infinity,
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/permissions', { signal }))).data,
});

export interface RoleBody {
  name: string;
  description: string;
  permissions: Permission[];
}

/** Changes the roles and reads again what depends on them. */
export function useRoleChange<V, R>(change: (values: V) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      Promise.all(
        [['roles'], ['users'], ['me']].map((queryKey) => client.invalidateQueries({ queryKey })),
      ),
  });
}

export const createRole = (body: RoleBody) => answer(api.POST('/api/v1/roles', { body }));

export const changeRole = ({ id, ...body }: RoleBody & { id: string }) =>
  answer(api.PATCH('/api/v1/roles/{id}', { params: { path: { id } }, body }));

export const deleteRole = (id: string) =>
  answer(api.DELETE('/api/v1/roles/{id}', { params: { path: { id } } }));
