import { useMutation, useQuery, useQueryClient, queryOptions } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call } from '../../api/call.js';
import type { Notification, Page } from '../../api/desk-types.js';
import { pagesOf } from '../desk/queries.js';

interface Told extends Page<Notification> {
  unread: number;
}

/** What the person was told, newest first. */
export const notificationsQuery = pagesOf<Notification, Told>(
  ['notifications', 'all'],
  '/me/notifications',
);

const unreadQuery = queryOptions({
  queryKey: ['notifications', 'unread'],
  // Told by the event stream too; this is for whoever may not read events.
  refetchInterval: 60_000,
  queryFn: async ({ signal }) =>
    (await call<Told>('GET', '/me/notifications?unread=true&limit=1', { signal })).unread,
});

/** How much of it was not read yet. */
export function useUnread(): number {
  return useQuery(unreadQuery).data ?? 0;
}

/** Marks one as read, or (without one) all. */
export function useReading() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id?: string) =>
      call('PUT', id ? `/me/notifications/${id}/reading` : '/me/notifications/reading'),
    onSettled: () => client.invalidateQueries({ queryKey: ['notifications'] }),
  });
}

/** Marks what the person was told of a ticket as read while they look at it. */
export function useTicketReading(ticketId: string): void {
  const client = useQueryClient();
  const unread = useUnread();
  useEffect(() => {
    // Somebody who is elsewhere has not read it.
    if (unread === 0 || document.visibilityState !== 'visible') return;
    call('PUT', `/me/notifications/reading?ticketId=${ticketId}`)
      .then(() => client.invalidateQueries({ queryKey: ['notifications'] }))
      // It stays new, and is marked when they look again.
      .catch(() => undefined);
  }, [client, ticketId, unread]);
}
