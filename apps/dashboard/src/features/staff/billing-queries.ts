import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer } from '../../api/client.js';
import { staffApi } from './client.js';
import { pageSize } from './queries.js';
import type { NewOverride, NewPlanVersion } from './types.js';

const at = (id: string) => ({ path: { id } });

/** The plan that an organization has taken, and what is given to it instead. */
export const billingQuery = (id: string) =>
  queryOptions({
    queryKey: ['organization', id, 'billing'],
    queryFn: async ({ signal }) =>
      (
        await answer(
          staffApi.GET('/api/v1/admin/organizations/{id}/billing', { params: at(id), signal }),
        )
      ).data,
  });

export const giveOverride = ({ id, ...body }: NewOverride & { id: string }) =>
  answer(staffApi.PUT('/api/v1/admin/organizations/{id}/override', { params: at(id), body }));

export const endOverride = (id: string) =>
  answer(staffApi.DELETE('/api/v1/admin/organizations/{id}/override', { params: at(id) }));

/** What was billed to an organization, the newest first. */
export const invoicesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['organization', id, 'invoices'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answer(
        staffApi.GET('/api/v1/admin/organizations/{id}/invoices', {
          params: {
            ...at(id),
            query: { limit: pageSize, ...(pageParam && { cursor: pageParam }) },
          },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

interface InvoiceTurn {
  id: string;
  invoiceId: string;
  reason: string;
}

export const payInvoice = ({ reason, ...path }: InvoiceTurn) =>
  answer(
    staffApi.PUT('/api/v1/admin/organizations/{id}/invoices/{invoiceId}/payment', {
      params: { path },
      body: { reason },
    }),
  );

export const creditInvoice = ({ reason, ...path }: InvoiceTurn) =>
  answer(
    staffApi.PUT('/api/v1/admin/organizations/{id}/invoices/{invoiceId}/credit', {
      params: { path },
      body: { reason },
    }),
  );

/** Every plan by its newest version; there are few. */
export const plansQuery = queryOptions({
  queryKey: ['plans'],
  queryFn: async ({ signal }) =>
    (
      await answer(
        staffApi.GET('/api/v1/admin/plans', { params: { query: { limit: 100 } }, signal }),
      )
    ).data,
});

/** All versions of one plan, the newest first. */
export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['plans', id],
    queryFn: async ({ signal }) =>
      (
        await answer(
          staffApi.GET('/api/v1/admin/plans/{id}/versions', {
            params: { ...at(id), query: { limit: 100 } },
            signal,
          }),
        )
      ).data,
  });

export const publishPlan = ({ id, ...body }: NewPlanVersion & { id: string }) =>
  answer(staffApi.POST('/api/v1/admin/plans/{id}/versions', { params: at(id), body }));
