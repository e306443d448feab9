import { useInfiniteQuery } from '@tanstack/react-query';
import { Download, FileDown } from 'lucide-react';
import type { Export } from '../api/desk-types.js';
import { useCan } from '../features/auth/queries.js';
import { showDialog } from '../features/desk/dialogs.js';
import { downloadExport, exportsQuery, isMoving } from '../features/exports/queries.js';
import { useText } from '../messages/intl.js';
import { useAttempt } from '../ui/attempt.js';
import { Badge } from '../ui/badge.js';
import { Button } from '../ui/button.js';
import { LoadMore } from '../ui/load-more.js';
import { Page, rowSkeleton } from '../ui/page.js';
import { EmptyState, Failure, Skeleton } from '../ui/states.js';
import { Time } from '../ui/time.js';

/** Files of tickets that were asked for: how far they are, and the way to get them. */
export function ExportsRoute() {
  const t = useText();
  const may = useCan('tickets:export');
  const query = useInfiniteQuery(exportsQuery);
  const all = query.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <Page
      title={t('exports.title')}
      intro={t('exports.intro')}
      actions={
        may && (
          <Button variant="primary" onClick={() => showDialog('export')}>
            <FileDown size={14} aria-hidden />
            {t('exports.new')}
          </Button>
        )
      }
    >
      {query.isPending && <Skeleton rows={4}>{rowSkeleton}</Skeleton>}
      {query.isError && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && all.length === 0 && (
        <EmptyState icon={FileDown} title={t('exports.none')} body={t('exports.noneBody')} />
      )}
      {all.length > 0 && (
        <ul aria-label={t('exports.title')}>
          {all.map((each) => (
            <Row key={each.id} file={each} />
          ))}
        </ul>
      )}
      <LoadMore query={query} />
    </Page>
  );
}

function Row({ file }: { file: Export }) {
  const t = useText();
  const attempt = useAttempt();
  const expired = file.expiresAt !== null && Date.parse(file.expiresAt) < Date.now();
  const state = isMoving(file) ? 'moving' : expired ? 'expired' : file.status;
  return (
    <li className="flex min-h-16 flex-wrap items-center gap-3 border-b border-line py-2">
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2 text-sm font-medium">
          {t('exports.one', { format: file.format.toUpperCase() })}
          {state === 'failed' && <Badge tone="bad">{t('exports.failed')}</Badge>}
          {state === 'expired' && <Badge>{t('exports.expired')}</Badge>}
        </p>
        <p className="text-xs text-muted">
          <Time at={file.createdAt} /> · {t('exports.done', { count: file.done })}
        </p>
        {state === 'moving' && (
          <progress
            aria-label={t('exports.running')}
            max={Math.max(file.total ?? 1, 1)}
            {...(file.total !== null && { value: file.done })}
            className="mt-1.5 h-1.5 w-full max-w-80 accent-(--accent)"
          />
        )}
      </div>
      {state === 'done' && (
        <Button
          onClick={() =>
            void attempt(() => downloadExport(file.id), { failed: t('exports.notDownloaded') })
          }
        >
          <Download size={14} aria-hidden />
          {t('exports.download')}
        </Button>
      )}
    </li>
  );
}
