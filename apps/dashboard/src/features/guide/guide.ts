import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { call } from '../../api/call.js';
import type { Page } from '../../api/desk-types.js';
import type { Message, Ticket } from '../../api/types.js';
import { useMe } from '../auth/queries.js';

/** How far somebody is who answers a ticket for the first time; kept in this browser. */
type Kept = 'over' | { ticketId: string } | null;

const listeners = new Set<() => void>();
const placeOf = (organizationId: string, userId: string) =>
  `manydesk.guide.${organizationId}.${userId}`;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function keep(place: string, next: Exclude<Kept, null>): void {
  localStorage.setItem(place, next === 'over' ? 'over' : next.ticketId);
  for (const listener of listeners) listener();
}

const lookMs = 4_000;

export interface Guide {
  /** Which step comes next, of `steps`. */
  step: 1 | 2 | 3;
  ticketId: string | null;
  begin: (sentences: { subject: string; body: string }) => Promise<unknown>;
  busy: boolean;
  error: unknown;
  end: () => void;
}

/** The first steps on a desk that has no ticket yet, until one is answered; null once they are over. */
export function useGuide(): Guide | null {
  const me = useMe();
  const client = useQueryClient();
  const place = placeOf(me?.organization.id ?? '', me?.user.id ?? '');
  const stored = useSyncExternalStore(subscribe, () => localStorage.getItem(place));
  const ticketId = stored === 'over' ? null : stored;
  const writes = me?.permissions.includes('tickets:write') ?? false;

  // A desk at work needs no first steps: asked once, and the answer is kept.
  const { data: isEmpty } = useQuery({
    queryKey: ['guide', 'empty'],
    enabled: writes && stored === null,
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      const page = await call<Page<Ticket>>('GET', '/tickets?limit=1', { signal });
      if (page.data.length > 0) keep(place, 'over');
      return page.data.length === 0;
    },
  });
  const { data: isAnswered = false } = useQuery({
    queryKey: ['guide', ticketId],
    enabled: ticketId !== null,
    refetchInterval: ({ state }) => (state.data ? false : lookMs),
    queryFn: async ({ signal }) => {
      const path = `/tickets/${ticketId}/messages?limit=20`;
      const { data } = await call<Page<Message>>('GET', path, { signal });
      return data.some(({ kind, author }) => kind === 'reply' && author.type === 'user');
    },
  });
  const { mutateAsync, isPending, error } = useMutation({
    mutationFn: async (sentences: { subject: string; body: string }) => {
      const body = { ...sentences, requester: { email: me?.user.email, name: me?.user.name } };
      const { data } = await call<{ data: Ticket }>('POST', '/tickets', { body });
      keep(place, { ticketId: data.id });
      await client.invalidateQueries({ queryKey: ['tickets'] });
      return data;
    },
  });
  const offered = ticketId !== null || (stored === null && isEmpty === true);
  if (!me || !writes || !offered) return null;
  return {
    step: ticketId === null ? 1 : isAnswered ? 3 : 2,
    ticketId,
    begin: mutateAsync,
    busy: isPending,
    error,
    end: () => keep(place, 'over'),
  };
}
