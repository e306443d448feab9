import { infiniteQueryOptions, queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api, authorized } from '../../api/client.js';
import { ApiError, toApiError } from '../../api/error.js';
import { saveFile } from '../../ui/save-file.js';

/** Whether this deployment shows its mailbox: only a development one does. */
const existsQuery = queryOptions({
  queryKey: ['mailbox-exists'],
  queryFn: async ({ signal }) => {
    try {
      await answer(api.GET('/api/v1/mailbox', { params: { query: { limit: 1 } }, signal }));
      return true;
    } catch (error) {
      if (error instanceof ApiError && (error.status === 404 || error.status === 403)) return false;
      throw error;
    }
  },
  staleTime: Infinity,
});

export function useMailboxExists(): boolean {
  return useQuery(existsQuery).data ?? false;
}

/** Sent and waiting mails, newest first. */
export const mailboxQuery = infiniteQueryOptions({
  queryKey: ['mailbox'],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam, signal }) =>
    answer(
      api.GET('/api/v1/mailbox', {
        params: { query: { limit: 50, ...(pageParam && { cursor: pageParam }) } },
        signal,
      }),
    ),
  getNextPageParam: (page) => page.nextCursor ?? undefined,
});

/** Hands the raw message to the browser as a file. */
export async function downloadMail(id: string): Promise<void> {
  const response = await authorized(new Request(`/api/v1/mailbox/${encodeURIComponent(id)}/raw`));
  if (!response.ok) throw toApiError(response.status, await response.json().catch(() => null));
  saveFile(await response.blob(), `${id}.eml`);
}
