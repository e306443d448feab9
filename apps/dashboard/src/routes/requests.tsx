import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { KeyRound } from 'lucide-react';
import { apiKeysQuery } from '../features/api-keys/queries.js';
import { RequestLog } from '../features/request-log/request-log.js';
import { useText } from '../messages/intl.js';
import { Allowed } from '../ui/allowed.js';
import { Field } from '../ui/field.js';
import { LoadMore } from '../ui/load-more.js';
import { PageBody, rowSkeleton } from '../ui/page.js';
import { EmptyState, Failure, Skeleton } from '../ui/states.js';

/** What programs asked for of late, key by key. */
export function RequestsRoute() {
  const t = useText();
  return (
    <PageBody title={t('pages.requests')} intro={t('requests.intro')}>
      <Allowed right="apiKeys:read">
        <Requests />
      </Allowed>
    </PageBody>
  );
}

function Requests() {
  const t = useText();
  const navigate = useNavigate();
  const { key: asked } = useSearch({ from: '/desk/settings/requests' });
  const query = useInfiniteQuery(apiKeysQuery);
  const keys = query.data?.pages.flatMap((page) => page.data) ?? [];
  if (query.isPending) return <Skeleton rows={5}>{rowSkeleton}</Skeleton>;
  if (query.isError && keys.length === 0) {
    return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  }
  const used = keys.toSorted((a, b) => (b.lastUsedAt ?? '').localeCompare(a.lastUsedAt ?? ''));
  const chosen = asked ?? used[0]?.id;
  if (!chosen) {
    return (
      <EmptyState icon={KeyRound} title={t('requests.noKeys')} body={t('requests.noKeysHint')} />
    );
  }
  return (
    <>
      <div className="mb-3">
        <Field label={t('requests.key')}>
          {(control) => (
            <select
              {...control}
              value={chosen}
              onChange={({ target }) =>
                void navigate({
                  to: '/settings/requests',
                  search: { key: target.value },
                  replace: true,
                })
              }
              className="field"
            >
              {!used.some(({ id }) => id === chosen) && <option value={chosen}>{chosen}</option>}
              {used.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <LoadMore query={query} />
      </div>
      <RequestLog key={chosen} keyId={chosen} />
    </>
  );
}
