import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { call } from '../../api/call.js';
import { answer, api, authorized } from '../../api/client.js';
import { codeOf, toApiError } from '../../api/error.js';
import { saveFile } from '../../ui/save-file.js';
import type { BillingProfile, Choice, Invoice, Payment } from './types.js';

/** What was never said or taken is no failure: null. */
async function orNull<T>(code: string, found: Promise<{ data: T }>): Promise<T | null> {
  try {
    return (await found).data;
  } catch (error) {
    if (codeOf(error) === code) return null;
    throw error;
  }
}

/** The plans that can be taken, the cheapest first. */
export const plansQuery = queryOptions({
  queryKey: ['billing', 'plans'],
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/billing/plans', { signal }))).data,
});

/** The plan of the organization; null when it has taken none. */
export const subscriptionQuery = queryOptions({
  queryKey: ['billing', 'subscription'],
  staleTime: 60_000,
  queryFn: ({ signal }) =>
    orNull(
      'billing.subscription_not_found',
      answer(api.GET('/api/v1/billing/subscription', { signal })),
    ),
});

/** What the plan has, and what is used of it. */
export const entitlementsQuery = queryOptions({
  queryKey: ['billing', 'entitlements'],
  queryFn: async ({ signal }) =>
    (await answer(api.GET('/api/v1/billing/entitlements', { signal }))).data,
});

/** Whom invoices are made out to; null when nobody has said so. */
export const profileQuery = queryOptions({
  queryKey: ['billing', 'profile'],
  queryFn: ({ signal }) =>
    orNull('billing.profile_missing', answer(api.GET('/api/v1/billing/profile', { signal }))),
});

/** To whom and how the plan is paid. */
export const paymentQuery = queryOptions({
  queryKey: ['billing', 'payment'],
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }) =>
    (await answer(api.GET('/api/v1/billing/payment', { signal }))).data,
});

/** What a choice would cost; null asks nothing. The price before stays until the new one is there. */
export const previewQuery = (choice: Choice | null) =>
  queryOptions({
    queryKey: ['billing', 'preview', choice],
    enabled: choice !== null,
    placeholderData: keepPreviousData,
    // A price is of the moment: the rest of the period grows shorter.
    staleTime: 0,
    queryFn: async ({ signal }) =>
      (
        await answer(
          api.GET('/api/v1/billing/subscription/preview', {
            params: { query: choice! },
            signal,
          }),
        )
      ).data,
  });

/** Invoices and credit notes, the newest first. */
export const invoicesQuery = infiniteQueryOptions({
  queryKey: ['billing', 'invoices'],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam, signal }) =>
    answer(
      api.GET('/api/v1/billing/invoices', {
        params: { query: { limit: 25, ...(pageParam && { cursor: pageParam }) } },
        signal,
      }),
    ),
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

/** What was used on each of the last days, today with them. */
export const usageQuery = (days: number) =>
  queryOptions({
    queryKey: ['billing', 'usage', days],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const day = 24 * 3_600_000;
      const to = Date.now() + day;
      const named = (at: number) => new Date(at).toISOString().slice(0, 10);
      const query = { from: named(to - days * day), to: named(to) };
      return (await answer(api.GET('/api/v1/billing/usage', { params: { query }, signal }))).data;
    },
  });

/** Changes what is paid for, and reads again all that follows from it. */
export function useBillingChange<V, R>(change: (values: V) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      Promise.all([['billing'], ['me']].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}

export const takePlan = (body: Choice) => answer(api.PUT('/api/v1/billing/subscription', { body }));

export const cancelPlan = () => answer(api.PUT('/api/v1/billing/subscription/cancellation'));

export const keepPlan = () => answer(api.DELETE('/api/v1/billing/subscription/cancellation'));

export const putProfile = (body: BillingProfile) =>
  answer(api.PUT('/api/v1/billing/profile', { body }));

/** Whether somebody else takes the money, who has pages of their own for it. */
export const hasPages = ({ provider }: Payment) => provider !== 'none' && provider !== 'manual';

/** Leaves for a page of whoever takes the money, which leads back here; what is paid with is entered there alone. */
async function leaveFor(path: string, body?: Choice): Promise<void> {
  const { data } = await call<{ data: { url: string } }>('POST', path, body ? { body } : {});
  window.location.assign(data.url);
}

/** Leaves to take and pay a plan. */
export const openCheckout = (choice: Choice) => leaveFor('/billing/checkouts', choice);

/** Leaves to see invoices and to change what is paid with. */
export const openPortal = () => leaveFor('/billing/portals');

/** Fetches an invoice as a PDF and hands it to the browser to keep. */
export async function downloadInvoice({ id, number }: Invoice): Promise<void> {
  const response = await authorized(new Request(`/api/v1/billing/invoices/${id}/document`));
  if (!response.ok)
    throw toApiError(response.status, await response.json().catch(() => null), response.headers);
  saveFile(await response.blob(), `${number}.pdf`);
}
