import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { LifeBuoy } from 'lucide-react';
import { useState } from 'react';
import type { SupportAccess } from '../api/types.js';
import {
  endSupport,
  grantSupport,
  supportAccessesQuery,
  useSupportChange,
} from '../features/support/queries.js';
import type { MessageKey } from '../messages/catalog.js';
import { useText } from '../messages/intl.js';
import { Allowed } from '../ui/allowed.js';
import { useAttempt } from '../ui/attempt.js';
import { Badge } from '../ui/badge.js';
import { Button } from '../ui/button.js';
import { LoadMore } from '../ui/load-more.js';
import { PageBody, rowSkeleton } from '../ui/page.js';
import { EmptyState, Failure, Skeleton } from '../ui/states.js';
import { Time } from '../ui/time.js';

const usualHours = [1, 2, 4, 8, 24, 48, 72];

/** Who of those who run the desk asks to look, may look now, and could look before. */
export function SupportAccessRoute() {
  const t = useText();
  return (
    <PageBody title={t('pages.support')} intro={t('support.intro')}>
      <Allowed right="support_access:grant">
        <Accesses />
      </Allowed>
    </PageBody>
  );
}

function Accesses() {
  const t = useText();
  const query = useInfiniteQuery(supportAccessesQuery);
  const accesses = query.data?.pages.flatMap((page) => page.data) ?? [];
  if (query.isPending) return <Skeleton rows={3}>{rowSkeleton}</Skeleton>;
  if (query.isError && accesses.length === 0)
    return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (accesses.length === 0)
    return <EmptyState icon={LifeBuoy} title={t('support.empty')} body={t('support.emptyBody')} />;
  return (
    <>
      <ul aria-label={t('pages.support')} className="border-t border-line">
        {accesses.map((access) => (
          <Row key={access.id} access={access} />
        ))}
      </ul>
      <LoadMore query={query} />
    </>
  );
}

const tones = { asked: 'warn', granted: 'bad', ended: 'plain' } as const;

function Row({ access }: { access: SupportAccess }) {
  const t = useText();
  const { status, staffName, reason, scopes, createdAt, expiresAt, endedAt } = access;
  const said = status === 'ended' ? (access.endedBecause ?? 'ended') : status;
  const over = status === 'ended' ? (endedAt ?? expiresAt) : expiresAt;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-3 border-b border-line py-4">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
          <bdi className="break-words">{staffName}</bdi>
          <Badge tone={tones[status]}>{t(`support.status.${said}`)}</Badge>
          {access.isForced && <Badge tone="bad">{t('support.forced')}</Badge>}
        </p>
        <p className="mt-1 text-sm break-words">
          <bdi>{reason}</bdi>
        </p>
        <p className="mt-1 text-xs text-muted">
          {t('support.scopes')}: {scopes.map((scope) => t(scopeKey(scope))).join(' · ')}
        </p>
        <p className="mt-1 text-xs text-subtle">
          {t('support.asked')} <Time at={createdAt} />
          {over && (
            <>
              {' · '}
              {t(status === 'ended' ? 'support.ended' : 'support.ends')} <Time at={over} />
            </>
          )}
          {access.grantedAt && (
            <>
              {' · '}
              <Link
                to="/settings/audit"
                search={{ type: 'support.looked' }}
                className="text-accent-text underline underline-offset-2"
              >
                {t('support.looks')}
              </Link>
            </>
          )}
        </p>
      </div>
      {status === 'asked' && <Answer access={access} />}
      {status === 'granted' && <End access={access} />}
    </li>
  );
}

function scopeKey(scope: string): MessageKey {
  return `support.scope.${scope.split(':')[0] ?? ''}` as MessageKey;
}

/** Yes, and for how long; or no. */
function Answer({ access: { id, staffName, hours: asked } }: { access: SupportAccess }) {
  const t = useText();
  const attempt = useAttempt();
  const grant = useSupportChange(grantSupport);
  const refuse = useSupportChange(endSupport);
  const [hours, setHours] = useState(asked);
  const choices = [...new Set([...usualHours, asked])].toSorted((a, b) => a - b);
  const busy = grant.isPending || refuse.isPending;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <div className="w-28">
        <select
          aria-label={t('support.hours')}
          value={hours}
          disabled={busy}
          onChange={(event) => setHours(Number(event.currentTarget.value))}
          className="field"
        >
          {choices.map((each) => (
            <option key={each} value={each}>
              {t('support.hoursOption', { hours: each })}
            </option>
          ))}
        </select>
      </div>
      <Button
        variant="primary"
        disabled={busy}
        aria-label={t('support.grantNamed', { name: staffName })}
        onClick={() =>
          void attempt(() => grant.mutateAsync({ id, hours }), {
            done: t('support.granted', { name: staffName }),
            failed: t('support.failed'),
          })
        }
      >
        {t('support.grant')}
      </Button>
      <Button
        disabled={busy}
        aria-label={t('support.refuseNamed', { name: staffName })}
        onClick={() =>
          void attempt(() => refuse.mutateAsync(id), {
            done: t('support.refused'),
            failed: t('support.failed'),
          })
        }
      >
        {t('support.refuse')}
      </Button>
    </div>
  );
}

function End({ access: { id, staffName } }: { access: SupportAccess }) {
  const t = useText();
  const attempt = useAttempt();
  const end = useSupportChange(endSupport);
  return (
    <Button
      variant="danger"
      disabled={end.isPending}
      aria-label={t('support.revokeNamed', { name: staffName })}
      onClick={() =>
        void attempt(() => end.mutateAsync(id), {
          done: t('support.revoked', { name: staffName }),
          failed: t('support.failed'),
        })
      }
    >
      {t('support.revoke')}
    </Button>
  );
}
