import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call, queryOf } from '../../api/call.js';
import type { FoundTicket, Page } from '../../api/desk-types.js';
import { pagesOf } from '../desk/queries.js';

/** What the words and filters find, best first, a page at a time. */
export const searchQuery = (q: string) => ({
  ...pagesOf<FoundTicket>(['search', q], '/search', { q }),
  enabled: q !== '',
  placeholderData: keepPreviousData,
});

/** The first few of it. */
export const firstFoundQuery = (q: string, limit: number) =>
  queryOptions({
    queryKey: ['search', 'first', q],
    enabled: q.length > 1,
    queryFn: async ({ signal }) => {
      const path = `/search${queryOf({ q, limit })}`;
      return (await call<Page<FoundTicket>>('GET', path, { signal })).data;
    },
  });
