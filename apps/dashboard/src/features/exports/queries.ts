import { call } from '../../api/call.js';
import type { Conditions, Export } from '../../api/desk-types.js';
import { pagesOf } from '../desk/queries.js';

const lookMs = 2_000;

/** An export that is still on its way. */
export const isMoving = ({ status }: Export) => status === 'queued' || status === 'running';

/** The exports of the organization, newest first; looked at often while one is on its way. */
export const exportsQuery = {
  ...pagesOf<Export>(['exports'], '/exports'),
  refetchInterval: (query: { state: { data?: { pages: { data: Export[] }[] } | undefined } }) =>
    query.state.data?.pages.some(({ data }) => data.some(isMoving)) ? lookMs : false,
} as const;

export interface ExportInput {
  format: 'csv' | 'jsonl';
  viewId?: string;
  conditions?: Conditions;
  include: { messages: boolean };
}

export const requestExport = (body: ExportInput) =>
  call<{ data: Export }>('POST', '/exports', { body });

/** Fetches the finished file: the address that the API gives works for a few minutes. */
export async function downloadExport(id: string): Promise<void> {
  const { data } = await call<{ data: { url: string } }>('POST', `/exports/${id}/links`);
  const link = document.createElement('a');
  link.href = data.url;
  link.download = '';
  link.click();
}
