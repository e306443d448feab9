import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { useMe } from '../auth/queries.js';
import { followEvents, type ChangeEvent, type LiveState } from '../../api/stream.js';

let state: LiveState = 'connecting';
const listeners = new Set<() => void>();

function setState(next: LiveState): void {
  state = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether changes arrive by themselves at this moment. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(subscribe, () => state);
}

const watchers = new Set<(event: ChangeEvent) => void>();

/** Hands each event to `watch` as the desk hears of it, old ones too while it catches up; returns what ends it. */
export function watchEvents(watch: (event: ChangeEvent) => void): () => void {
  watchers.add(watch);
  return () => watchers.delete(watch);
}

/** At most one round of reading per this time, however busy the desk is. */
const roundMs = 800;
const firstMs = 120;

/** Counting costs the server more than reading does: at most this often, and never for a hidden page. */
const countsMs = 10_000;

/** The cached answers that an event makes stale; counts are not among them, they go by the clock. */
function staleKeys(event: ChangeEvent): unknown[][] {
  const [noun = ''] = event.type.split('.');
  const ticketId =
    event.subject.type === 'ticket'
      ? event.subject.id
      : (event.data?.ticketId as string | undefined);
  const ticket = ticketId ? parts.map((part) => [part, ticketId]) : [];
  if (noun === 'ticket') return [['tickets'], ...ticket];
  if (noun === 'mail') return [['mailbox'], ...ticket];
  return [['audit'], ...(staleOfNoun[noun] ?? []).map((key) => [key])];
}

/** What is read of one ticket, each under the ticket's id. */
const parts = ['ticket', 'messages', 'ticket-timeline', 'ticket-links'];

/** The same for what is no work on a ticket: who is here, who may do what, what the desk is made of. */
const staleOfNoun: Record<string, string[]> = {
  api_key: ['api-keys'],
  user: ['users', 'invitations', 'roles', 'me'],
  invitation: ['users', 'invitations', 'roles', 'me'],
  role: ['roles', 'users', 'me'],
  organization: ['organization', 'me'],
  billing: ['billing', 'me'],
  sso: ['sso'],
  auth: ['account'],
  view: ['views', 'tickets'],
  team: ['teams', 'views'],
  state: ['ticket-states'],
  ticket_state: ['ticket-states'],
  field: ['custom-fields'],
  canned_reply: ['canned-replies'],
  macro: ['macros'],
  customer: ['customers'],
  company: ['companies', 'customers'],
  operation: ['operations'],
  export: ['exports'],
  support: ['support-accesses'],
};

/** Gathers what went stale and reads it again in rounds. */
function rounds(client: QueryClient) {
  const stale = new Map<string, unknown[]>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = 0;
  const flush = () => {
    timer = undefined;
    // What is read while a change is on its way may be from before it: wait for the change.
    if (client.isMutating() > 0) {
      timer = setTimeout(flush, roundMs);
      return;
    }
    last = Date.now();
    for (const queryKey of stale.values()) void client.invalidateQueries({ queryKey });
    stale.clear();
  };
  return {
    add(keys: unknown[][]) {
      for (const key of keys) stale.set(JSON.stringify(key), key);
      const wait = Math.max(firstMs, last + roundMs - Date.now());
      if (stale.size > 0) timer ??= setTimeout(flush, wait);
    },
    stop: () => clearTimeout(timer),
  };
}

/**
 * Reads again what is counted: at once the first time, then at the pace of `countsMs`. The server gives a count again
 * for as long, so that the one read first may be from before the change: another one follows.
 */
function counting(client: QueryClient) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = 0;
  let due = false;
  let changed = 0;
  const plan = () => {
    timer ??= setTimeout(() => read(), Math.max(roundMs, last + countsMs + roundMs - Date.now()));
  };
  const read = () => {
    timer = undefined;
    if (document.hidden) return;
    last = Date.now();
    due = last - changed < countsMs;
    if (due) plan();
    for (const queryKey of [['count'], ['notifications']]) {
      void client.invalidateQueries({ queryKey });
    }
  };
  const seen = () => {
    if (due && !document.hidden) plan();
  };
  document.addEventListener('visibilitychange', seen);
  return {
    add() {
      due = true;
      changed = Date.now();
      plan();
    },
    stop() {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    },
  };
}

/** Clocks may differ by this much before an event is taken for an old one. */
const skewMs = 5 * 60_000;

/** Keeps everything on the screen as it is on the server, while the desk is open. */
export function useLive(): void {
  const client = useQueryClient();
  const organizationId = useMe()?.organization.id;
  useEffect(() => {
    if (!organizationId) return;
    // The log starts with the organization; whoever comes back need not hear all of it again.
    const place = `manydesk.seen.${organizationId}`;
    const opened = Date.now() - skewMs;
    const { add, stop } = rounds(client);
    const counts = counting(client);
    let poll: ReturnType<typeof setInterval> | undefined;
    const end = followEvents({
      lastId: localStorage.getItem(place),
      onId: (id) => localStorage.setItem(place, id),
      // What happened before this page was opened is in everything that it has read.
      onEvent: (event) => {
        for (const watch of watchers) watch(event);
        if (Date.parse(event.occurredAt) < opened) return;
        add(staleKeys(event));
        if (event.type.startsWith('ticket.')) counts.add();
      },
      onPresence: (ticketId) => void client.invalidateQueries({ queryKey: ['presence', ticketId] }),
      onState: (next) => {
        setState(next);
        // Whoever may not read events still sees changes, only later.
        if (next === 'refused') poll ??= setInterval(() => void client.invalidateQueries(), 30_000);
      },
    });
    return () => {
      end();
      stop();
      counts.stop();
      clearInterval(poll);
    };
  }, [client, organizationId]);
}
