import { useInfiniteQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import type { ApiKey } from '../api/types.js';
import { CreateKeyDialog } from '../features/api-keys/create-key-dialog.js';
import { EditKeyDialog } from '../features/api-keys/edit-key-dialog.js';
import { KeyRow, type KeyAction } from '../features/api-keys/key-row.js';
import { RotateKeyDialog } from '../features/api-keys/rotate-key-dialog.js';
import { apiKeysQuery, revokeKey, useKeyChange } from '../features/api-keys/queries.js';
import { useCan } from '../features/auth/queries.js';
import { useText } from '../messages/intl.js';
import { useAttempt } from '../ui/attempt.js';
import { Button } from '../ui/button.js';
import { Confirm } from '../ui/confirm.js';
import { LoadMore } from '../ui/load-more.js';
import { Page, rowSkeleton } from '../ui/page.js';
import { EmptyState, Failure, Skeleton } from '../ui/states.js';

/** The keys with which other programs act for this organization. */
export function ApiKeysRoute() {
  const t = useText();
  const writes = useCan('apiKeys:write');
  const query = useInfiniteQuery(apiKeysQuery);
  const attempt = useAttempt();
  const revoke = useKeyChange(revokeKey);
  const [creating, setCreating] = useState(false);
  const [chosen, setChosen] = useState<{ key: ApiKey; action: KeyAction } | null>(null);
  const revoking = chosen?.action === 'revoke' ? chosen.key : null;
  const close = () => setChosen(null);
  const keys = query.data?.pages.flatMap((page) => page.data) ?? [];

  return (
    <Page
      title={t('apiKeys.title')}
      intro={t('apiKeys.intro')}
      actions={
        writes && (
          <Button variant="primary" onClick={() => setCreating(true)}>
            <Plus size={15} aria-hidden />
            {t('apiKeys.create')}
          </Button>
        )
      }
    >
      {query.isPending && <Skeleton rows={4}>{rowSkeleton}</Skeleton>}
      {query.isError && keys.length === 0 && (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && keys.length === 0 && (
        <EmptyState
          icon={KeyRound}
          title={t('apiKeys.empty.title')}
          body={t('apiKeys.empty.body')}
        />
      )}
      {keys.length > 0 && (
        <ul aria-label={t('apiKeys.title')} className="border-t border-line">
          {keys.map((key) => (
            <KeyRow
              key={key.id}
              apiKey={key}
              onAction={writes ? (action) => setChosen({ key, action }) : undefined}
            />
          ))}
        </ul>
      )}
      <LoadMore query={query} />
      {creating && <CreateKeyDialog onClose={() => setCreating(false)} />}
      {chosen?.action === 'edit' && <EditKeyDialog apiKey={chosen.key} onClose={close} />}
      {chosen?.action === 'rotate' && <RotateKeyDialog apiKey={chosen.key} onClose={close} />}
      <Confirm
        open={revoking !== null}
        onOpenChange={(open) => !open && close()}
        title={t('apiKeys.revokeTitle', { name: revoking?.name ?? '' })}
        body={t('apiKeys.revokeBody')}
        action={t('apiKeys.revoke')}
        onConfirm={() =>
          revoking &&
          void attempt(() => revoke.mutateAsync(revoking.id), {
            done: t('apiKeys.revoked', { name: revoking.name }),
            failed: t('apiKeys.revokeFailed'),
          })
        }
      />
    </Page>
  );
}
