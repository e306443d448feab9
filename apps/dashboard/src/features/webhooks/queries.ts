import { infiniteQueryOptions, queryOptions, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { call, queryOf } from '../../api/call.js';
import type { Page } from '../../api/desk-types.js';
import type { DeliverySearch } from './search.js';
import type {
  WebhookDelivery,
  WebhookDeliveryDetail,
  WebhookEndpoint,
  WebhookReplay,
  WebhookSecret,
} from './types.js';

const path = '/webhook-endpoints';
/** Something is on its way: it is looked at often until it has settled, else now and then. */
const oftenMs = 2_000;
const nowAndThenMs = 15_000;

const pages = <T>(
  queryKey: unknown[],
  where: string,
  query: Record<string, string | undefined> = {},
) =>
  infiniteQueryOptions({
    queryKey,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call<Page<T>>('GET', `${where}${queryOf({ ...query, limit: 25, cursor: pageParam })}`, {
        signal,
      }),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

/** The endpoints, newest first. */
export const endpointsQuery = pages<WebhookEndpoint>(['webhooks', 'list'], path);

export const endpointQuery = (id: string) =>
  queryOptions({
    queryKey: ['webhooks', id],
    queryFn: async ({ signal }) =>
      (await call<{ data: WebhookEndpoint }>('GET', `${path}/${id}`, { signal })).data,
    refetchInterval: nowAndThenMs,
  });

/** The secrets that sign, never what they are. */
export const secretsQuery = (id: string) =>
  queryOptions({
    queryKey: ['webhooks', id, 'secrets'],
    queryFn: async ({ signal }) =>
      (await call<Page<WebhookSecret>>('GET', `${path}/${id}/secrets`, { signal })).data,
  });

/** What was sent to an endpoint, newest first. */
export const deliveriesQuery = (id: string, search: DeliverySearch) => ({
  ...pages<WebhookDelivery>(['webhooks', id, 'deliveries', search], `${path}/${id}/deliveries`, {
    ...search,
  }),
  refetchInterval: (query: { state: { data?: { pages: Page<WebhookDelivery>[] } | undefined } }) =>
    query.state.data?.pages[0]?.data.some(({ status }) => status === 'waiting')
      ? oftenMs
      : nowAndThenMs,
});

export const deliveryQuery = (endpointId: string, id: string) =>
  queryOptions({
    queryKey: ['webhooks', endpointId, 'delivery', id],
    queryFn: async ({ signal }) =>
      (await call<{ data: WebhookDeliveryDetail }>('GET', `/webhook-deliveries/${id}`, { signal }))
        .data,
    refetchInterval: ({ state }) => (state.data?.status === 'waiting' ? oftenMs : false),
  });

/** The stretches that were sent again, newest first. */
export const replaysQuery = (id: string) => ({
  ...pages<WebhookReplay>(['webhooks', id, 'replays'], `${path}/${id}/replays`),
  refetchInterval: (query: { state: { data?: { pages: Page<WebhookReplay>[] } | undefined } }) =>
    query.state.data?.pages[0]?.data.some(({ status }) => status === 'running') ? oftenMs : false,
});

export type EndpointBody = Pick<
  WebhookEndpoint,
  'url' | 'description' | 'types' | 'payload' | 'ordering' | 'maxConcurrency' | 'ratePerSecond'
>;

/** Adds an endpoint; the answer holds its secret, which nobody can read again. */
export const createEndpoint = async (body: EndpointBody) =>
  (await call<{ data: WebhookEndpoint & { secret: string } }>('POST', path, { body })).data;

/** Changes an endpoint, unless somebody has changed it since it was read. */
export const changeEndpoint = (
  { id, version }: WebhookEndpoint,
  body: Partial<EndpointBody> & { isEnabled?: boolean },
) => call('PATCH', `${path}/${id}`, { body, ifMatch: `"${version}"` });

export const removeEndpoint = ({ id, version }: WebhookEndpoint) =>
  call('DELETE', `${path}/${id}`, { ifMatch: `"${version}"` });

/** Makes a new secret, which is in the answer and nowhere else. */
export const rotateSecret = async (id: string) =>
  (await call<{ data: { secret: string } }>('POST', `${path}/${id}/secrets`)).data.secret;

export const endSecret = (id: string, secretId: string) =>
  call('DELETE', `${path}/${id}/secrets/${secretId}`);

export const ping = (id: string) => call('POST', `${path}/${id}/pings`);

/** Sends the event of a delivery once more. */
export const replayOne = async (deliveryId: string) =>
  (await call<{ data: WebhookDelivery }>('POST', `/webhook-deliveries/${deliveryId}/replays`)).data;

/** Sends a stretch of the log once more. */
export const replayMany = (id: string, body: { fromSeq: number; toSeq?: number }) =>
  call('POST', `${path}/${id}/replays`, { body });

/** Reads again everything that shows webhooks. */
export function useWebhooksChanged(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(() => client.invalidateQueries({ queryKey: ['webhooks'] }), [client]);
}
