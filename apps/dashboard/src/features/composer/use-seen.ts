import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { messagesQuery } from '../tickets/queries.js';

/**
 * Which message its author has had before their eyes when they began to write. While they write it stays where it is:
 * what comes meanwhile may be on the screen and still not be read.
 */
export function useSeen(ticketId: string, writing: boolean) {
  const { data } = useInfiniteQuery(messagesQuery(ticketId));
  const messages = data?.pages.flatMap((page) => page.data) ?? [];
  const newestId = messages.at(-1)?.id;
  const [seenId, setSeenId] = useState<string>();
  useEffect(() => {
    if (!writing || seenId === undefined) setSeenId(newestId);
  }, [writing, seenId, newestId]);
  const seenAt = messages.findIndex(({ id }) => id === seenId);
  const missed = seenAt >= 0 && messages.slice(seenAt + 1).some(({ kind }) => kind === 'inbound');
  return { seenId, missed, read: () => setSeenId(newestId), newestId };
}
