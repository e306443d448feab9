import { useEffect, useState } from 'react';
import { watchEvents } from '../live/live.js';
import type { LoggedEvent } from './queries.js';

/** Whoever follows for hours sees the newest ones; the rest is in the log. */
const mostKept = 200;

/** The events after `head` as they happen, newest first; those that `pattern` names, if it names any. */
export function useTail(head: number | undefined, pattern: string | undefined): LoggedEvent[] {
  const [fresh, setFresh] = useState<LoggedEvent[]>([]);
  useEffect(() => {
    setFresh([]);
    if (head === undefined) return;
    return watchEvents((told) => {
      // The stream tells the same events as the feed.
      const event = told as LoggedEvent;
      if (event.seq <= head || !fits(event.type, pattern)) return;
      setFresh((before) =>
        before.some(({ seq }) => seq === event.seq)
          ? before
          : [event, ...before].slice(0, mostKept),
      );
    });
  }, [head, pattern]);
  return fresh;
}

function fits(type: string, pattern: string | undefined): boolean {
  if (!pattern) return true;
  return pattern.endsWith('.*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}
