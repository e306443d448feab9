import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { call } from '../../api/call.js';
import type { Present } from '../tickets/ticket-types.js';

/** Shorter than the time after which the API takes somebody for gone. */
const beatMs = 15_000;
/** Without a further letter for this long nobody is typing any more. */
const typingMs = 6_000;

interface Answer {
  data: { people: Present[] };
}

/** Who looks at a ticket now; the event stream says when to ask again. */
const presenceQuery = (ticketId: string) =>
  queryOptions({
    queryKey: ['presence', ticketId],
    staleTime: 0,
    queryFn: async ({ signal }) =>
      (await call<Answer>('GET', `/tickets/${ticketId}/presence`, { signal })).data.people,
  });

/** Says that somebody looks at the ticket or types, and tells who else does. */
export function usePresence(ticketId: string, ownId: string | undefined) {
  const client = useQueryClient();
  const { data = [] } = useQuery(presenceQuery(ticketId));
  const typedAt = useRef(0);
  const beat = useRef<() => void>(undefined);

  useEffect(() => {
    const path = `/tickets/${ticketId}/presence`;
    let said: 'viewing' | 'typing' | null = null;
    let left = false;
    const say = () => {
      if (left || document.visibilityState === 'hidden') return;
      const state = Date.now() - typedAt.current < typingMs ? 'typing' : 'viewing';
      said = state;
      call<Answer>('PUT', path, { body: { state } }).then(
        ({ data: { people } }) => {
          if (!left) client.setQueryData(presenceQuery(ticketId).queryKey, people);
        },
        // Nobody has to be seen; the next beat tries again.
        () => undefined,
      );
    };
    const leave = () => {
      if (said) void call('DELETE', path, { keepalive: true }).catch(() => undefined);
      said = null;
    };
    const seen = () => (document.visibilityState === 'hidden' ? leave() : say());
    say();
    const timer = setInterval(say, beatMs);
    // The end of typing is told by itself.
    const rest = setInterval(() => {
      if (said === 'typing' && Date.now() - typedAt.current >= typingMs) say();
    }, 2_000);
    beat.current = () => said !== 'typing' && say();
    document.addEventListener('visibilitychange', seen);
    window.addEventListener('pagehide', leave);
    return () => {
      left = true;
      leave();
      clearInterval(timer);
      clearInterval(rest);
      document.removeEventListener('visibilitychange', seen);
      window.removeEventListener('pagehide', leave);
    };
  }, [client, ticketId]);

  const onTyping = useCallback(() => {
    typedAt.current = Date.now();
    beat.current?.();
  }, []);
  return { others: data.filter(({ id }) => id !== ownId), onTyping };
}
