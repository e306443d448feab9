import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../api/client.js';

const all = { params: { query: { limit: 100 } } };
const at = (id: string) => ({ params: { path: { id } } });

/** The providers that the organization signs in with. */
export const connectionsQuery = queryOptions({
  queryKey: ['sso', 'connections'],
  queryFn: async ({ signal }) =>
    (await answer(api.GET('/api/v1/sso/connections', { ...all, signal }))).data,
});

/** The domains whose addresses lead to a connection. */
export const domainsQuery = queryOptions({
  queryKey: ['sso', 'domains'],
  queryFn: async ({ signal }) =>
    (await answer(api.GET('/api/v1/sso/domains', { ...all, signal }))).data,
});

/** Whether single sign-on is required, and whether it can be. */
export const enforcementQuery = queryOptions({
  queryKey: ['sso', 'enforcement'],
  queryFn: async ({ signal }) =>
    (await answer(api.GET('/api/v1/sso/enforcement', { signal }))).data,
});

/** Changes single sign-on and reads again what it changes. */
export function useSsoChange<V, R>(change: (values: V) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      Promise.all(
        [['sso'], ['organization', 'security']].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  });
}

export interface ConnectionBody {
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
  role: string;
  enabled: boolean;
}

export const createConnection = (body: ConnectionBody) =>
  answer(api.POST('/api/v1/sso/connections', { body }));

/** The issuer stays, since who a subject is hangs on it; an empty secret is the one of before. */
export const changeConnection = ({
  id,
  issuer: _issuer,
  clientSecret,
  ...body
}: ConnectionBody & { id: string }) =>
  answer(
    api.PATCH('/api/v1/sso/connections/{id}', {
      ...at(id),
      body: { ...body, ...(clientSecret && { clientSecret }) },
    }),
  );

export const deleteConnection = (id: string) =>
  answer(api.DELETE('/api/v1/sso/connections/{id}', at(id)));

export const addDomain = (body: { domain: string; connectionId: string }) =>
  answer(api.POST('/api/v1/sso/domains', { body }));

export const verifyDomain = (id: string) =>
  answer(api.POST('/api/v1/sso/domains/{id}/verification', at(id)));

export const removeDomain = (id: string) => answer(api.DELETE('/api/v1/sso/domains/{id}', at(id)));

export const requireSso = () => answer(api.PUT('/api/v1/sso/enforcement'));

export const releaseSso = () => answer(api.DELETE('/api/v1/sso/enforcement'));
