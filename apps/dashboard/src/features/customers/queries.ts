import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useQueryClient,
} from '@tanstack/react-query';
import { useCallback } from 'react';
import { call, callTagged, queryOf } from '../../api/call.js';
import type { Page } from '../../api/desk-types.js';
import type { Ticket } from '../../api/types.js';
import type { Company, Customer, OwnField, Tagged } from './types.js';

type Filter = Record<string, string | undefined>;

const pages = <T>(key: string, path: string, filter: Filter) =>
  infiniteQueryOptions({
    queryKey: [key, 'pages', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call<Page<T>>('GET', `${path}${queryOf({ ...filter, limit: 50, cursor: pageParam })}`, {
        signal,
      }),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

/** Customers, the newest first, a page at a time. */
export const customersQuery = (filter: {
  q?: string | undefined;
  companyId?: string | undefined;
}) => pages<Customer>('customers', '/customers', filter);

/** Companies, the newest first, a page at a time. */
export const companiesQuery = (filter: { q?: string | undefined }) =>
  pages<Company>('companies', '/companies', filter);

/** The tickets of a customer or a company, the newest first, a page at a time. */
export const ticketsOfQuery = (of: {
  requesterId?: string | undefined;
  companyId?: string | undefined;
}) => pages<Ticket>('ticket-history', '/tickets', { ...of, sort: '-createdAt' });

async function tagged<T>(path: string, signal: AbortSignal): Promise<Tagged<T>> {
  const { body, etag } = await callTagged<{ data: T }>('GET', path, { signal });
  return { thing: body.data, etag };
}

/** One customer, with the tag of what was read. */
export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: ['customers', 'tagged', id],
    queryFn: ({ signal }) => tagged<Customer>(`/customers/${id}`, signal),
  });

/** One company, with the tag of what was read. */
export const companyQuery = (id: string) =>
  queryOptions({
    queryKey: ['companies', 'tagged', id],
    queryFn: ({ signal }) => tagged<Company>(`/companies/${id}`, signal),
  });

/** The custom fields of customers or of companies that are in use. */
export const ownFieldsQuery = (subject: 'customer' | 'company') =>
  queryOptions({
    queryKey: ['custom-fields', subject],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const path = `/custom-fields${queryOf({ subject })}`;
      const { data } = await call<Page<OwnField>>('GET', path, { signal });
      return data.filter((field) => field.archivedAt === null);
    },
  });

/** Reads customers, companies and what shows them again. */
export function useCustomersChanged(): () => Promise<unknown> {
  const client = useQueryClient();
  return useCallback(
    () =>
      Promise.all(
        ['customers', 'companies', 'ticket-history', 'tickets', 'ticket'].map((key) =>
          client.invalidateQueries({ queryKey: [key] }),
        ),
      ),
    [client],
  );
}
