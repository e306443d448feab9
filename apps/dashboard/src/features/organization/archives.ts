import { call } from '../../api/call.js';
import { pagesOf } from '../desk/queries.js';

/** All that the organization has as one file. */
export interface Archive {
  id: string;
  status: 'queued' | 'running' | 'done' | 'failed' | 'expired';
  total: number;
  done: number;
  createdAt: string;
  expiresAt: string | null;
}

const lookMs = 2_000;
const path = '/organization/archives';

/** Whether it is still on its way. */
export const isMoving = ({ status }: Archive) => status === 'queued' || status === 'running';

/** The archives, the newest first; looked at often while one is on its way. */
export const archivesQuery = {
  ...pagesOf<Archive>(['organization', 'archives'], path),
  refetchInterval: (query: { state: { data?: { pages: { data: Archive[] }[] } | undefined } }) =>
    query.state.data?.pages.some(({ data }) => data.some(isMoving)) ? lookMs : false,
} as const;

export const requestArchive = () => call('POST', path);

/** Fetches the finished file: the address that the API gives works for a few minutes. */
export async function downloadArchive(id: string): Promise<void> {
  const { data } = await call<{ data: { url: string } }>('POST', `${path}/${id}/links`);
  const link = document.createElement('a');
  link.href = data.url;
  link.download = '';
  link.click();
}
