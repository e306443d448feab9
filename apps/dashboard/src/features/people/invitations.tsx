import { useInfiniteQuery } from '@tanstack/react-query';
import { MailOpen } from 'lucide-react';
import { useState } from 'react';
import type { Invitation } from '../../api/types.js';
import { useText } from '../../messages/intl.js';
import { useAttempt } from '../../ui/attempt.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Confirm } from '../../ui/confirm.js';
import { LoadMore } from '../../ui/load-more.js';
import { rowSkeleton } from '../../ui/page.js';
import { EmptyState, Failure, Skeleton } from '../../ui/states.js';
import { Time } from '../../ui/time.js';
import {
  invitationsQuery,
  resendInvitation,
  revokeInvitation,
  usePeopleChange,
} from './queries.js';
import { useRoleName } from './role-name.js';

/** Who is invited and has not come yet. */
export function Invitations({ writes }: { writes: boolean }) {
  const t = useText();
  const roleName = useRoleName();
  const query = useInfiniteQuery(invitationsQuery);
  const attempt = useAttempt();
  const resend = usePeopleChange(resendInvitation);
  const revoke = usePeopleChange(revokeInvitation);
  const [revoking, setRevoking] = useState<Invitation | null>(null);
  const invitations = query.data?.pages.flatMap((page) => page.data) ?? [];
  const failed = t('people.failed');
  return (
    <>
      {query.isPending && <Skeleton rows={3}>{rowSkeleton}</Skeleton>}
      {query.isError && invitations.length === 0 && (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && invitations.length === 0 && (
        <EmptyState icon={MailOpen} title={t('people.invitationsEmpty')} />
      )}
      {invitations.length > 0 && (
        <ul aria-label={t('people.invitations')} className="border-t border-line">
          {invitations.map((each) => (
            <li
              key={each.id}
              className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line py-2.5"
            >
              <div className="min-w-0 flex-1 basis-56">
                <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
                  <bdi className="min-w-0 truncate">{each.email}</bdi>
                  <Badge>{roleName(each.role, each.roleName)}</Badge>
                  {Date.parse(each.expiresAt) < Date.now() && (
                    <Badge tone="warn">{t('people.expired')}</Badge>
                  )}
                </p>
                <p className="text-xs text-muted">
                  {each.invitedBy && <>{t('people.invitedBy', { name: each.invitedBy.name })} · </>}
                  <Time at={each.sentAt} /> · {t('people.expires')} <Time at={each.expiresAt} />
                </p>
              </div>
              {writes && (
                <div className="flex gap-2">
                  <Button
                    aria-label={t('people.resendNamed', { email: each.email })}
                    disabled={resend.isPending}
                    onClick={() =>
                      void attempt(() => resend.mutateAsync(each.id), {
                        done: t('people.resent', { email: each.email }),
                        failed,
                      })
                    }
                  >
                    {t('people.resend')}
                  </Button>
                  <Button
                    aria-label={t('people.revokeNamed', { email: each.email })}
                    onClick={() => setRevoking(each)}
                  >
                    {t('people.revoke')}
                  </Button>
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      <LoadMore query={query} />
      <Confirm
        open={revoking !== null}
        onOpenChange={(open) => !open && setRevoking(null)}
        title={t('people.revokeTitle', { email: revoking?.email ?? '' })}
        body={t('people.revokeBody')}
        action={t('people.revoke')}
        onConfirm={() =>
          revoking &&
          void attempt(() => revoke.mutateAsync(revoking.id), {
            done: t('people.revoked', { email: revoking.email }),
            failed,
          })
        }
      />
    </>
  );
}
