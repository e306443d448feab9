import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.js';
import type { Language } from '../../messages/catalog.js';

export const reasons = ['mentioned', 'assigned', 'customer_replied', 'ticket_created'] as const;
export type Reason = (typeof reasons)[number];

/** Ways of being mailed, in the order in which they are offered. */
export const mailings = ['at_once', 'digest', 'off'] as const;

/** How a person is told for a reason. */
export interface Choice {
  reason: Reason;
  inApp: boolean;
  mail: (typeof mailings)[number];
}

/** What a person is told of in this organization, and how. */
export interface NotificationPreferences {
  reasons: Choice[];
  digest: { every: 'hourly' | 'daily'; hour: number };
  /** Null: as the organization has it. */
  timeZone: string | null;
  locale: Language | null;
}

const path = '/me/notification-preferences';

/** The person's own preferences. */
export const preferencesQuery = queryOptions({
  queryKey: ['notifications', 'preferences'],
  queryFn: async ({ signal }) =>
    (await call<{ data: NotificationPreferences }>('GET', path, { signal })).data,
});

/** Keeps what the person chose. */
export function usePreferencesChange() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: NotificationPreferences) =>
      (await call<{ data: NotificationPreferences }>('PUT', path, { body })).data,
    onSuccess: (kept) => client.setQueryData(preferencesQuery.queryKey, kept),
  });
}

/** What the link of a mail has ended. */
export interface Unsubscribed {
  organization: string;
  reasons: Reason[];
}

/** Ends the mails that the link of a mail names. */
export async function unsubscribe(token: string): Promise<Unsubscribed> {
  const link = `/unsubscriptions/${encodeURIComponent(token)}`;
  return (await call<{ data: Unsubscribed }>('POST', link)).data;
}
