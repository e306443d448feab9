import { queryOptions } from '@tanstack/react-query';
import { call, queryOf } from '../../api/call.js';
import type { Conditions, SavedView, ViewCount, ViewScope } from '../../api/desk-types.js';

/** How many tickets each of these views holds, as far as the API counts. */
export const viewCountsQuery = (ids: string[]) =>
  queryOptions({
    queryKey: ['count', 'views', ids.join()],
    enabled: ids.length > 0,
    staleTime: 10_000,
    queryFn: async ({ signal }) =>
      (
        await call<{ data: ViewCount[] }>('GET', `/views/counts${queryOf({ ids: ids.join() })}`, {
          signal,
        })
      ).data,
  });

/** What a view is made of. */
export interface ViewInput {
  name: string;
  scope: ViewScope;
  teamId?: string | undefined;
  conditions: Conditions;
  columns: string[];
  sort: string;
}

/** Keeps a new view, or changes one that is there unless somebody has changed the same since. */
export async function saveView(input: ViewInput, before?: SavedView): Promise<SavedView> {
  const { scope, teamId, ...rest } = input;
  // Whose a view is does not change.
  const { data } = before
    ? await call<{ data: SavedView }>('PATCH', `/views/${before.id}`, {
        body: rest,
        ifMatch: `"${before.version}"`,
      })
    : await call<{ data: SavedView }>('POST', '/views', {
        body: { ...rest, scope, ...(teamId && { teamId }) },
      });
  return data;
}
