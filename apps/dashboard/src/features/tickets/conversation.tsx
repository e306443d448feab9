import { useInfiniteQuery } from '@tanstack/react-query';
import { ArrowDown } from 'lucide-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Message } from '../../api/types.js';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { Failure, Skeleton } from '../../ui/states.js';
import { MessageItem } from './message-item.js';
import { messagesQuery } from './queries.js';

/** This close to the end counts as reading the newest message. */
const nearPx = 96;

interface ConversationProps {
  ticketId: string;
  /** A message on its way to the server. */
  sending: Message | null;
  /** Starts a ticket of its own out of a message; absent for whoever may not. */
  onSplit?: ((id: string) => void) | undefined;
  /** Asked for from elsewhere: each new number scrolls to the end. */
  endAsked: number;
}

/** The server may write the same words with other line ends. */
const same = (one: string, other: string) =>
  one.replaceAll(/\s+/g, '') === other.replaceAll(/\s+/g, '');

/** What was said, oldest first. It opens at the end, and never moves under a reader's eyes. */
export function Conversation({ ticketId, sending, onSplit, endAsked }: ConversationProps) {
  const t = useText();
  const query = useInfiniteQuery(messagesQuery(ticketId));
  const pages = query.data?.pages;
  const messages = useMemo(() => pages?.flatMap((page) => page.data) ?? [], [pages]);
  const list = useRef<HTMLOListElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [missed, setMissed] = useState(false);
  // The event stream may bring the message before the answer to its sending does.
  const arrived = messages
    .slice(-3)
    .some(
      ({ author, kind, body }) =>
        author.id === sending?.author.id && kind === sending.kind && same(body, sending.body),
    );
  const count = messages.length + (sending && !arrived ? 1 : 0);

  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);

  const toEnd = () => {
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
    atEnd.current = true;
    setMissed(false);
  };
  useLayoutEffect(() => {
    if (count === 0) return;
    if (atEnd.current || sending) toEnd();
    else setMissed(true);
  }, [count, sending]);
  useEffect(() => {
    if (endAsked > 0) toEnd();
  }, [endAsked]);
  // A letter in a frame knows its height a moment later: whoever is at the end stays there.
  useEffect(() => {
    if (!list.current) return;
    const observer = new ResizeObserver(() => {
      const element = scroller.current;
      if (element && atEnd.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(list.current);
    return () => observer.disconnect();
  }, []);

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        tabIndex={0}
        role="region"
        aria-label={t('conversation.label')}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          atEnd.current = scrollHeight - scrollTop - clientHeight < nearPx;
          if (atEnd.current) setMissed(false);
        }}
        className="h-full overflow-y-auto -outline-offset-2"
      >
        <div className="mx-auto max-w-190 px-2 py-4 sm:px-4">
          {query.isPending && <ConversationSkeleton />}
          {query.isError && messages.length === 0 && (
            <Failure error={query.error} onRetry={() => void query.refetch()} />
          )}
          <ol
            ref={list}
            className="flex flex-col gap-2"
            aria-live="polite"
            aria-relevant="additions"
          >
            {messages.map((message) => (
              <MessageItem key={message.id} message={message} onSplit={onSplit} />
            ))}
            {sending && !arrived && <MessageItem message={sending} pending />}
          </ol>
          {isFetchNextPageError && (
            <div className="flex justify-center p-3">
              <Button onClick={() => void fetchNextPage()}>{t('action.retry')}</Button>
            </div>
          )}
        </div>
      </div>
      {missed && (
        <button
          type="button"
          onClick={toEnd}
          className="appear-up absolute inset-x-0 bottom-3 mx-auto flex h-8 w-fit items-center gap-1.5 rounded-full border border-line bg-raised px-3 text-xs font-medium shadow-float"
        >
          <ArrowDown size={14} aria-hidden />
          {t('conversation.new')}
        </button>
      )}
    </div>
  );
}

function ConversationSkeleton() {
  return (
    <Skeleton rows={3}>
      {(row) => (
        <div className="flex gap-3 px-4 py-3">
          <div className="skeleton size-8 rounded-full" />
          <div className="flex-1 space-y-2.5 pt-1">
            <div className="skeleton h-3 w-1/3" />
            <div className="skeleton h-2.5 w-full" />
            <div className={`skeleton h-2.5 ${row % 2 ? 'w-2/3' : 'w-4/5'}`} />
          </div>
        </div>
      )}
    </Skeleton>
  );
}
