import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { call, queryOf } from '../../api/call.js';
import type { Page } from '../../api/desk-types.js';
import type { CannedReply, CustomField, FieldSubject, Macro, State, Team } from './types.js';

/** More pages of what an organization sets up once than anybody makes. */
const mostPages = 10;

/** What an organization has set up, all of it. `key` is also that of everything else that shows it. */
const setting = <T>(key: string, path: string, query: Record<string, string | number> = {}) =>
  queryOptions({
    queryKey: [key, 'settings', query],
    queryFn: async ({ signal }) => {
      const found: T[] = [];
      let cursor: string | undefined;
      for (let read = 0; read < mostPages; read += 1) {
        const asked = queryOf({ ...query, cursor });
        const page = await call<Page<T>>('GET', `${path}${asked}`, { signal });
        found.push(...page.data);
        if (!page.nextCursor) break;
        cursor = page.nextCursor;
      }
      return found;
    },
  });

/** Of what may be long; states and fields come whole. */
const paged = { limit: 100 };

export const teamsQuery = setting<Team>('teams', '/teams', paged);
export const statesQuery = setting<State>('ticket-states', '/ticket-states');
export const fieldsQuery = (subject: FieldSubject) =>
  setting<CustomField>('custom-fields', '/custom-fields', { subject });
export const repliesQuery = setting<CannedReply>('canned-replies', '/canned-replies', paged);
export const macrosQuery = setting<Macro>('macros', '/macros', paged);

/** Who is in a team. */
export const membersQuery = (teamId: string) =>
  queryOptions({
    ...setting<{ id: string; name: string }>('teams', `/teams/${teamId}/members`, paged),
    queryKey: ['teams', 'members', teamId],
  });

/** Makes a thing, or changes one that is there unless somebody has changed it since `version` was read. */
export async function saveSetting(
  path: string,
  before: { id: string; version?: number } | null,
  body: Record<string, unknown>,
): Promise<void> {
  if (!before) await call('POST', path, { body });
  else
    await call('PATCH', `${path}/${before.id}`, {
      body,
      ifMatch: before.version === undefined ? undefined : `"${before.version}"`,
    });
}

/** Reads again everything that shows one of these things. */
export function useSettingChanged(...keys: string[]): () => Promise<unknown> {
  const client = useQueryClient();
  const joined = keys.join();
  return useCallback(
    () =>
      Promise.all(joined.split(',').map((key) => client.invalidateQueries({ queryKey: [key] }))),
    [client, joined],
  );
}
