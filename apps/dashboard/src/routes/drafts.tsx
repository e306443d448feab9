import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { PencilLine, Trash } from 'lucide-react';
import { useState } from 'react';
import { call } from '../api/call.js';
import type { OwnDraft } from '../api/desk-types.js';
import { pagesOf } from '../features/desk/queries.js';
import { useText } from '../messages/intl.js';
import { useAttempt } from '../ui/attempt.js';
import { Badge } from '../ui/badge.js';
import { Confirm } from '../ui/confirm.js';
import { IconButton } from '../ui/icon-button.js';
import { LoadMore } from '../ui/load-more.js';
import { Page, rowSkeleton } from '../ui/page.js';
import { EmptyState, Failure, Skeleton } from '../ui/states.js';
import { Time } from '../ui/time.js';

/** What the person began to write and has not sent, wherever that was. */
const draftsQuery = pagesOf<OwnDraft>(['drafts', 'mine'], '/me/drafts');

/** Everything that was begun and not sent. */
export function DraftsRoute() {
  const t = useText();
  const client = useQueryClient();
  const attempt = useAttempt();
  const query = useInfiniteQuery({ ...draftsQuery, staleTime: 0 });
  const [doomed, setDoomed] = useState<OwnDraft | null>(null);
  const { mutate: drop } = useMutation({
    mutationFn: ({ ticketId, kind }: OwnDraft) =>
      attempt(() => call('DELETE', `/tickets/${ticketId}/drafts/${kind}`), {
        done: t('drafts.dropped'),
        failed: t('drafts.notDropped'),
      }),
    onSettled: () => client.invalidateQueries({ queryKey: ['drafts'] }),
  });
  const all = query.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <Page title={t('drafts.title')} intro={t('drafts.intro')}>
      {query.isPending && <Skeleton rows={4}>{rowSkeleton}</Skeleton>}
      {query.isError && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && all.length === 0 && (
        <EmptyState icon={PencilLine} title={t('drafts.none')} body={t('drafts.noneBody')} />
      )}
      {all.length > 0 && (
        <ul aria-label={t('drafts.title')}>
          {all.map((draft) => (
            <li
              key={`${draft.ticketId} ${draft.kind}`}
              className="flex items-center gap-1 border-b border-line"
            >
              <Link
                to="/tickets/$ticketId"
                params={{ ticketId: draft.ticketId }}
                search={{}}
                className="min-w-0 flex-1 rounded-sm px-2 py-3 -outline-offset-2 hover:bg-hover"
              >
                <span className="flex items-center gap-2">
                  <span className="min-w-0 flex-1 truncate text-sm font-medium">
                    <bdi>{t('ticket.title', { number: draft.number, subject: draft.subject })}</bdi>
                  </span>
                  <Badge tone={draft.kind === 'note' ? 'warn' : 'plain'}>
                    {t(draft.kind === 'note' ? 'action.note' : 'action.reply')}
                  </Badge>
                  <Time at={draft.updatedAt} className="shrink-0 text-xs text-subtle" />
                </span>
                <span dir="auto" className="mt-0.5 line-clamp-2 block text-sm text-muted">
                  {draft.excerpt}
                </span>
              </Link>
              <IconButton
                label={t('drafts.drop', { number: draft.number })}
                onClick={() => setDoomed(draft)}
              >
                <Trash size={15} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <LoadMore query={query} />
      <Confirm
        open={doomed !== null}
        onOpenChange={() => setDoomed(null)}
        title={t('drafts.dropTitle')}
        body={t('drafts.dropBody')}
        action={t('drafts.dropAction')}
        onConfirm={() => doomed && drop(doomed)}
      />
    </Page>
  );
}
