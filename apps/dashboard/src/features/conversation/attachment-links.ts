import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from '../../api/call.js';

interface SignedLink {
  url: string;
  expiresAt: string;
}

/** Asks for the address of a file: signed, and good for some minutes. */
export async function linkTo(id: string): Promise<string> {
  return (await call<{ data: SignedLink }>('POST', `/attachments/${id}/links`)).data.url;
}

/** Signed addresses of some files, by their ids, as they come. */
export function useLinks(ids: string[]): ReadonlyMap<string, string> {
  const found = useQueries({
    queries: ids.map((id) => ({
      queryKey: ['attachment-link', id],
      // Shorter than the link lives; a picture that is shown need not be asked for again.
      staleTime: 4 * 60_000,
      gcTime: 4 * 60_000,
      refetchOnWindowFocus: false,
      queryFn: () => linkTo(id),
    })),
  });
  const key = ids.map((id, index) => `${id} ${found[index]?.data ?? ''}`).join('\n');
  return useMemo(
    () =>
      new Map(
        key.split('\n').flatMap((line) => {
          const [id, url] = line.split(' ');
          return id && url ? [[id, url] as const] : [];
        }),
      ),
    [key],
  );
}

/** The same file to be looked at rather than saved; of this desk's own origin, whatever the link names. */
export function inlineOf(url: string): string {
  const { pathname, searchParams } = new URL(url, window.location.origin);
  searchParams.set('inline', '1');
  return `${pathname}?${searchParams.toString()}`;
}
