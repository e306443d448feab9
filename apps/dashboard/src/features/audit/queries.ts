import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { answer, api, authorized } from '../../api/client.js';
import { toApiError } from '../../api/error.js';
import type { AuditVerification } from '../../api/types.js';
import { saveFile } from '../../ui/save-file.js';
import { auditFilters, type AuditSearch } from './search.js';

/** Sign-ins and changes of rights, newest first. */
export const auditQuery = (search: AuditSearch) =>
  infiniteQueryOptions({
    queryKey: ['audit', search],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const { types, ...rest } = auditFilters(search);
      const query = {
        ...rest,
        ...(types && { types }),
        limit: 50,
        ...(pageParam && { cursor: pageParam }),
      };
      return answer(api.GET('/api/v1/audit/events', { params: { query }, signal }));
    },
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export type ExportFormat = 'csv' | 'jsonl';

/** Hands what the filters leave to the browser as a file. */
export async function exportAudit(search: AuditSearch, format: ExportFormat): Promise<void> {
  const query = new URLSearchParams({ format, ...auditFilters(search) });
  const response = await authorized(new Request(`/api/v1/audit/export?${query.toString()}`));
  if (!response.ok) throw toApiError(response.status, await response.json().catch(() => null));
  const named = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '');
  saveFile(await response.blob(), named?.[1] ?? `audit.${format}`);
}

/** Counts the chain of the whole log anew, a stretch at a time, and says how far it is. */
export async function verifyAudit(
  onProgress: (part: number) => void,
  signal: AbortSignal,
): Promise<AuditVerification> {
  let after = 0;
  let events = 0;
  for (;;) {
    const { data } = await answer(
      api.GET('/api/v1/audit/verification', { params: { query: { after } }, signal }),
    );
    events += data.events;
    if (!data.valid || data.nextAfter === null) return { ...data, events };
    onProgress(data.headSeq > 0 ? data.nextAfter / data.headSeq : 1);
    after = data.nextAfter;
  }
}
