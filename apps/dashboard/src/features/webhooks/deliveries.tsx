import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Send } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useText } from '../../messages/intl.js';
import { Badge } from '../../ui/badge.js';
import { Field } from '../../ui/field.js';
import { LoadMore } from '../../ui/load-more.js';
import { rowSkeleton } from '../../ui/page.js';
import { Section } from '../../ui/section.js';
import { EmptyState, Failure, Skeleton } from '../../ui/states.js';
import { Time } from '../../ui/time.js';
import { typeName } from '../event-browser/event-types.js';
import { DeliveryBadge } from './endpoint-state.js';
import { deliveriesQuery } from './queries.js';
import { toDeliverySearch, type DeliverySearch } from './search.js';
import { deliveryStatuses, type WebhookDelivery } from './types.js';

interface DeliveriesProps {
  endpointId: string;
  search: DeliverySearch;
}

/** What was sent to an endpoint. */
export function Deliveries({ endpointId, search }: DeliveriesProps) {
  const t = useText();
  const query = useInfiniteQuery(deliveriesQuery(endpointId, search));
  const deliveries = query.data?.pages.flatMap((page) => page.data) ?? [];
  const filtered = Object.keys(search).length > 0;
  return (
    <Section title={t('deliveries.title')} hint={t('deliveries.hint')}>
      <Filters endpointId={endpointId} search={search} />
      {query.isPending && <Skeleton rows={4}>{rowSkeleton}</Skeleton>}
      {query.isError && deliveries.length === 0 && (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && deliveries.length === 0 && (
        <EmptyState
          icon={Send}
          title={t(filtered ? 'deliveries.noMatch' : 'deliveries.empty')}
          body={filtered ? undefined : t('deliveries.emptyHint')}
        />
      )}
      {deliveries.length > 0 && (
        <ul aria-label={t('deliveries.title')} className="border-t border-line">
          {deliveries.map((delivery) => (
            <Row key={delivery.id} delivery={delivery} />
          ))}
        </ul>
      )}
      <LoadMore query={query} />
    </Section>
  );
}

function Row({ delivery }: { delivery: WebhookDelivery }) {
  const t = useText();
  return (
    <li className="border-b border-line">
      <Link
        to="/settings/webhooks/$endpointId/$deliveryId"
        params={{ endpointId: delivery.endpointId, deliveryId: delivery.id }}
        className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg py-2.5 text-sm -outline-offset-2 hover:bg-hover"
      >
        <span className="w-20">
          <DeliveryBadge delivery={delivery} />
        </span>
        <span className="min-w-0 flex-1 basis-44 truncate">
          {delivery.seq === null ? t('deliveries.test') : typeName(t, delivery.type)}
          {delivery.seq !== null && (
            <span className="ms-2 text-xs text-subtle">
              <bdi dir="ltr">#{delivery.seq}</bdi>
            </span>
          )}
          {(delivery.replayId ?? delivery.replayOf) !== null && (
            <span className="ms-2">
              <Badge>{t('deliveries.again')}</Badge>
            </span>
          )}
        </span>
        <span className="text-xs text-muted">
          {t('deliveries.attempts', { count: delivery.attempts })}
          {delivery.status === 'waiting' && delivery.attempts > 0 && delivery.nextAttemptAt && (
            <>
              {' · '}
              {t('deliveries.next')} <Time at={delivery.nextAttemptAt} />
            </>
          )}
        </span>
        <Time at={delivery.createdAt} className="w-20 text-end text-xs text-subtle" />
      </Link>
    </li>
  );
}

/** What is typed is looked for a moment later. */
const typingMs = 400;

function Filters({ endpointId, search }: DeliveriesProps) {
  const t = useText();
  const navigate = useNavigate();
  const [type, setType] = useState(search.type ?? '');
  const [after, setAfter] = useState(search.after ?? '');
  const go = (part: Record<string, unknown>) =>
    void navigate({
      to: '/settings/webhooks/$endpointId',
      params: { endpointId },
      search: toDeliverySearch({ ...search, ...part }),
      replace: true,
    });
  useEffect(() => {
    const next = toDeliverySearch({ type, after });
    if (next.type === search.type && next.after === search.after) return;
    const timer = setTimeout(() => go({ type, after }), typingMs);
    return () => clearTimeout(timer);
  });
  return (
    <div className="mb-3 grid gap-3 sm:grid-cols-3">
      <Field label={t('deliveries.status')}>
        {(control) => (
          <select
            {...control}
            value={search.status ?? ''}
            onChange={({ target }) => go({ status: target.value })}
            className="field"
          >
            <option value="">{t('deliveries.any')}</option>
            {deliveryStatuses.map((status) => (
              <option key={status} value={status}>
                {t(`deliveries.status.${status}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('deliveries.type')} hint={t('deliveries.typeHint')}>
        {(control) => (
          <input
            {...control}
            value={type}
            onChange={({ target }) => setType(target.value)}
            spellCheck={false}
            dir="ltr"
            className="field"
          />
        )}
      </Field>
      <Field label={t('deliveries.after')}>
        {(control) => (
          <input
            {...control}
            inputMode="numeric"
            value={after}
            onChange={({ target }) => setAfter(target.value)}
            dir="ltr"
            className="field"
          />
        )}
      </Field>
    </div>
  );
}
