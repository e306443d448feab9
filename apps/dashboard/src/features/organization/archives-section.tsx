import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Archive as ArchiveIcon, Download } from 'lucide-react';
import { useState } from 'react';
import { useIntl, useText } from '../../messages/intl.js';
import { exactTime } from '../../messages/time.js';
import { useAttempt } from '../../ui/attempt.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { LoadMore } from '../../ui/load-more.js';
import { rowSkeleton } from '../../ui/page.js';
import { Section } from '../../ui/section.js';
import { Failure, Skeleton } from '../../ui/states.js';
import { Time } from '../../ui/time.js';
import {
  archivesQuery,
  downloadArchive,
  isMoving,
  requestArchive,
  type Archive,
} from './archives.js';

/** Where an owner takes everything out: asks for the file, sees how far it is, and fetches it. */
export function ArchivesSection() {
  const t = useText();
  const attempt = useAttempt();
  const client = useQueryClient();
  const query = useInfiniteQuery(archivesQuery);
  const [asking, setAsking] = useState(false);
  const all = query.data?.pages.flatMap(({ data }) => data) ?? [];
  const ask = async () => {
    setAsking(true);
    await attempt(requestArchive, {
      done: t('archives.asked'),
      failed: t('archives.notAsked'),
    });
    await client.invalidateQueries({ queryKey: archivesQuery.queryKey });
    setAsking(false);
  };
  return (
    <Section
      title={t('archives.title')}
      hint={t('archives.hint')}
      actions={
        <Button disabled={asking || all.some(isMoving)} onClick={() => void ask()}>
          <ArchiveIcon size={14} aria-hidden />
          {t('archives.ask')}
        </Button>
      }
    >
      <p className="max-w-140 text-xs text-muted">{t('archives.without')}</p>
      {query.isPending && <Skeleton rows={1}>{rowSkeleton}</Skeleton>}
      {query.isError && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {all.length > 0 && (
        <ul aria-label={t('archives.list')} className="mt-3 border-t border-line">
          {all.map((archive) => (
            <Row key={archive.id} archive={archive} />
          ))}
        </ul>
      )}
      <LoadMore query={query} />
    </Section>
  );
}

function Row({ archive }: { archive: Archive }) {
  const t = useText();
  const { language } = useIntl();
  const attempt = useAttempt();
  const { id, status, total, done } = archive;
  const moving = isMoving(archive);
  return (
    <li className="flex min-h-14 flex-wrap items-center gap-3 border-b border-line py-2">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 text-sm">
          <Time at={archive.createdAt} />
          {status === 'failed' && <Badge tone="bad">{t('archives.failed')}</Badge>}
          {status === 'expired' && <Badge>{t('archives.expired')}</Badge>}
        </p>
        {moving && (
          <progress
            aria-label={t('archives.running')}
            max={Math.max(total, 1)}
            value={done}
            className="mt-1.5 h-1.5 w-full max-w-80 accent-(--accent)"
          />
        )}
        {status === 'done' && archive.expiresAt !== null && (
          <p className="text-xs text-muted">
            {t('archives.until', { time: exactTime(archive.expiresAt, language) })}
          </p>
        )}
        {status === 'failed' && <p className="text-xs text-muted">{t('archives.failedHint')}</p>}
      </div>
      {status === 'done' && (
        <Button
          onClick={() =>
            void attempt(() => downloadArchive(id), { failed: t('archives.notDownloaded') })
          }
        >
          <Download size={14} aria-hidden />
          {t('archives.download')}
        </Button>
      )}
    </li>
  );
}
