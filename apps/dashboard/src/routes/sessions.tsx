import { useInfiniteQuery } from '@tanstack/react-query';
import { Laptop } from 'lucide-react';
import { useState } from 'react';
import type { OwnSession } from '../api/types.js';
import {
  endOtherSessions,
  endSession,
  sessionsQuery,
  useAccountChange,
} from '../features/account/queries.js';
import { useText } from '../messages/intl.js';
import { useAttempt } from '../ui/attempt.js';
import { Badge } from '../ui/badge.js';
import { Button } from '../ui/button.js';
import { Confirm } from '../ui/confirm.js';
import { LoadMore } from '../ui/load-more.js';
import { PageBody, rowSkeleton } from '../ui/page.js';
import { Failure, Skeleton } from '../ui/states.js';
import { Time } from '../ui/time.js';

/** Where the person is signed in, in every organization. */
export function SessionsRoute() {
  const t = useText();
  const query = useInfiniteQuery(sessionsQuery);
  const attempt = useAttempt();
  const end = useAccountChange(endSession);
  const endOthers = useAccountChange(endOtherSessions);
  const [asking, setAsking] = useState(false);
  const sessions = query.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <PageBody
      title={t('pages.sessions')}
      intro={t('sessions.intro')}
      actions={
        sessions.length > 1 && (
          <Button onClick={() => setAsking(true)}>{t('sessions.endAll')}</Button>
        )
      }
    >
      {query.isPending && <Skeleton rows={3}>{rowSkeleton}</Skeleton>}
      {query.isError && sessions.length === 0 && (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      )}
      {sessions.length > 0 && (
        <ul aria-label={t('pages.sessions')} className="border-t border-line">
          {sessions.map((session) => (
            <Row
              key={session.id}
              session={session}
              onEnd={() =>
                void attempt(() => end.mutateAsync(session.id), {
                  done: t('sessions.ended'),
                  failed: t('people.failed'),
                })
              }
            />
          ))}
        </ul>
      )}
      <LoadMore query={query} />
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t('sessions.endAllTitle')}
        body={t('sessions.endAllBody')}
        action={t('sessions.endAll')}
        onConfirm={() =>
          void attempt(() => endOthers.mutateAsync(undefined), {
            done: t('sessions.endedAll'),
            failed: t('people.failed'),
          })
        }
      />
    </PageBody>
  );
}

function Row({ session, onEnd }: { session: OwnSession; onEnd: () => void }) {
  const t = useText();
  const device = session.device ?? t('sessions.unknown');
  return (
    <li className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line py-2.5">
      <Laptop size={18} strokeWidth={1.5} className="shrink-0 text-subtle" aria-hidden />
      <div className="min-w-0 flex-1 basis-48">
        <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
          <span className="truncate">{device}</span>
          {session.current && <Badge tone="good">{t('sessions.current')}</Badge>}
        </p>
        <p className="text-xs text-muted">
          <bdi>{session.organization.name}</bdi> · {t(`sessions.method.${session.method}`)}
          {session.secondFactor && <> + {t('sessions.second')}</>}
        </p>
        <p className="text-xs text-subtle">
          {t('sessions.used')} <Time at={session.lastUsedAt} /> · {t('sessions.started')}{' '}
          <Time at={session.createdAt} />
        </p>
      </div>
      {!session.current && (
        <Button aria-label={t('sessions.endNamed', { device })} onClick={onEnd}>
          {t('sessions.end')}
        </Button>
      )}
    </li>
  );
}
