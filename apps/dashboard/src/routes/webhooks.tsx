import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus, Webhook } from 'lucide-react';
import { useState } from 'react';
import { useCan } from '../features/auth/queries.js';
import { EndpointDialog } from '../features/webhooks/endpoint-dialog.js';
import { EndpointBadge, EndpointNews } from '../features/webhooks/endpoint-state.js';
import { endpointsQuery } from '../features/webhooks/queries.js';
import type { WebhookEndpoint } from '../features/webhooks/types.js';
import { useText } from '../messages/intl.js';
import { Allowed } from '../ui/allowed.js';
import { Button } from '../ui/button.js';
import { LoadMore } from '../ui/load-more.js';
import { PageBody, rowSkeleton } from '../ui/page.js';
import { EmptyState, Failure, Skeleton } from '../ui/states.js';

/** Where the organization has its events sent. */
export function WebhooksRoute() {
  const t = useText();
  const writes = useCan('webhooks:write');
  const [creating, setCreating] = useState(false);
  return (
    <PageBody
      title={t('pages.webhooks')}
      intro={t('webhooks.intro')}
      actions={
        writes && (
          <Button variant="primary" onClick={() => setCreating(true)}>
            <Plus size={15} aria-hidden />
            {t('webhooks.create')}
          </Button>
        )
      }
    >
      <Allowed right="webhooks:read">
        <Endpoints />
      </Allowed>
      {creating && <EndpointDialog endpoint={null} onClose={() => setCreating(false)} />}
    </PageBody>
  );
}

function Endpoints() {
  const t = useText();
  const query = useInfiniteQuery(endpointsQuery);
  const endpoints = query.data?.pages.flatMap((page) => page.data) ?? [];
  if (query.isPending) return <Skeleton rows={3}>{rowSkeleton}</Skeleton>;
  if (query.isError && endpoints.length === 0) {
    return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (endpoints.length === 0) {
    return <EmptyState icon={Webhook} title={t('webhooks.empty')} body={t('webhooks.emptyHint')} />;
  }
  return (
    <>
      <ul aria-label={t('pages.webhooks')} className="border-t border-line">
        {endpoints.map((endpoint) => (
          <Row key={endpoint.id} endpoint={endpoint} />
        ))}
      </ul>
      <LoadMore query={query} />
    </>
  );
}

function Row({ endpoint }: { endpoint: WebhookEndpoint }) {
  const t = useText();
  return (
    <li className="border-b border-line">
      <Link
        to="/settings/webhooks/$endpointId"
        params={{ endpointId: endpoint.id }}
        search={{}}
        className="block rounded-lg py-3 -outline-offset-2 hover:bg-hover"
      >
        <span className="flex flex-wrap items-center gap-2 text-sm font-medium">
          <bdi dir="ltr" className="min-w-0 break-all">
            {endpoint.url}
          </bdi>
          <EndpointBadge endpoint={endpoint} />
        </span>
        {endpoint.description && (
          <bdi className="block text-sm text-muted">{endpoint.description}</bdi>
        )}
        <span className="mt-0.5 block text-xs text-muted">
          <EndpointNews endpoint={endpoint} />
        </span>
        <span className="mt-1 flex flex-wrap gap-1">
          {(endpoint.types.length > 0 ? endpoint.types : [t('webhooks.allTypes')]).map((type) => (
            <code
              key={type}
              dir="auto"
              className="rounded-md bg-sunken px-1.5 font-mono text-2xs leading-5 text-muted"
            >
              {type}
            </code>
          ))}
        </span>
      </Link>
    </li>
  );
}
