import { infiniteQueryOptions } from '@tanstack/react-query';
import { call, queryOf } from '../../api/call.js';
import { ApiError } from '../../api/error.js';
import type { components } from '../../api/schema.js';

/** An event as the feed gives it. */
export type LoggedEvent = components['schemas']['EventDto'];

interface Stretch {
  data: LoggedEvent[];
  total: number;
  totalIsExact: boolean;
  nextAfter: number;
  hasMore: boolean;
}

/** A stretch of the log, looked at from its end. */
export interface EventPage {
  /** The newest first. */
  events: LoggedEvent[];
  /** The last event that is still to be looked at; 0 at the beginning of the log. */
  left: number;
  /** What is older is no longer handed out. */
  gone: boolean;
  /** The newest event of the whole log. */
  head: number;
}

/** So many events a page; among some types, so many places of the log a look, and so many looks for a page. */
const pageSize = 50;
const lookSize = 1_000;
const mostLooks = 5;
const enough = 20;

const read = (query: Record<string, string | number | undefined>, signal: AbortSignal) =>
  call<Stretch>('GET', `/events${queryOf(query)}`, { signal });

/**
 * The newest place of the log. The feed is read forward and says how much follows; not to whom some events are not
 * shown, for whom it is found by halves.
 */
async function findHead(signal: AbortSignal): Promise<number> {
  const first = await read({ limit: 1 }, signal);
  if (first.totalIsExact) return (first.data[0]?.seq ?? first.nextAfter + 1) - 1 + first.total;
  const isBefore = async (place: number) => {
    const { data, hasMore } = await read({ after: place, limit: 1 }, signal);
    return data.length > 0 || hasMore;
  };
  let low = first.nextAfter;
  let step = lookSize;
  while (await isBefore(low + step)) {
    low += step;
    step *= 2;
  }
  let high = low + step;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (await isBefore(middle)) low = middle;
    else high = middle;
  }
  return high;
}

/** The events up to `end`, newest first; of one type or domain, if `types` says so. */
async function readBack(end: number, types: string | undefined, signal: AbortSignal) {
  const events: LoggedEvent[] = [];
  const size = types ? lookSize : pageSize;
  let left = end;
  for (let looks = 0; looks < mostLooks && left > 0; looks += 1) {
    const after = Math.max(0, left - size);
    const wanted = { limit: left - after, types };
    const found = await readAfter({ after, ...wanted }, signal);
    events.push(...found.data.filter(({ seq }) => seq <= left).toReversed());
    if (found.gone) return { events, left: 0, gone: true };
    left = after;
    if (events.length >= enough) break;
  }
  return { events, left, gone: false };
}

/** A stretch, or what is left of it where its beginning is no longer handed out. */
async function readAfter(
  query: { after: number; limit: number; types: string | undefined },
  signal: AbortSignal,
): Promise<{ data: LoggedEvent[]; gone: boolean }> {
  try {
    const { data } = await read(query, signal);
    return { data, gone: false };
  } catch (error) {
    const oldest = error instanceof ApiError && error.status === 410 ? error.info : {};
    if (typeof oldest.oldestAvailable !== 'number') throw error;
    const after = oldest.oldestAvailable - 1;
    const limit = query.limit - (after - query.after);
    if (limit < 1) return { data: [], gone: true };
    const { data } = await read({ ...query, after, limit }, signal);
    return { data, gone: true };
  }
}

/** The log from its end. */
export const eventsQuery = (types: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['events', types ?? ''],
    initialPageParam: null as { left: number; head: number } | null,
    queryFn: async ({ pageParam, signal }): Promise<EventPage> => {
      const head = pageParam?.head ?? (await findHead(signal));
      return { ...(await readBack(pageParam?.left ?? head, types, signal)), head };
    },
    getNextPageParam: ({ left, head, gone }) => (left > 0 && !gone ? { left, head } : undefined),
    // What comes after it is told by the stream.
    refetchOnWindowFocus: false,
    staleTime: 0,
    gcTime: 0,
  });
