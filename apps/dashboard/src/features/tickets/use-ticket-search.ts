import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useText } from '../../messages/intl.js';
import { viewsQuery } from '../desk/queries.js';
import { toTicketSearch, viewOf, type TicketSearch } from './search.js';

/**
 * What the queue shows, out of the address. Checked here once more: the router hands on what its own
 * check did not accept, and the API would refuse it.
 */
export function useTicketSearch(): TicketSearch {
  const raw = useSearch({ strict: false });
  return useMemo(() => toTicketSearch(raw), [raw]);
}

/** What the list is called: the name of its view, its own for those that people keep. */
export function useSearchName(search: TicketSearch): string {
  const t = useText();
  const { data } = useQuery({ ...viewsQuery, enabled: search.view !== undefined });
  const view = data?.find(({ id }) => id === search.view);
  return view?.name ?? t(`view.${viewOf(search)}`);
}
