import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { ArrowLeft, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCan } from '../features/auth/queries.js';
import { typeName } from '../features/event-browser/event-types.js';
import { Attempt } from '../features/webhooks/attempt.js';
import { DeliveryBadge } from '../features/webhooks/endpoint-state.js';
import { deliveryQuery, replayOne, useWebhooksChanged } from '../features/webhooks/queries.js';
import type { WebhookDeliveryDetail } from '../features/webhooks/types.js';
import { useText } from '../messages/intl.js';
import { Allowed } from '../ui/allowed.js';
import { useAttempt } from '../ui/attempt.js';
import { Button, buttonClass } from '../ui/button.js';
import { CodeBlock, prettyJson } from '../ui/code-block.js';
import { Loaded } from '../ui/loaded.js';
import { PageBody } from '../ui/page.js';
import { Section } from '../ui/section.js';
import { Time } from '../ui/time.js';

/** One delivery: what was sent, each try, and what came back. */
export function WebhookDeliveryRoute() {
  const t = useText();
  const { endpointId, deliveryId } = useParams({
    from: '/desk/settings/webhooks/$endpointId/$deliveryId',
  });
  const query = useQuery(deliveryQuery(endpointId, deliveryId));
  const writes = useCan('webhooks:write');
  const navigate = useNavigate();
  const attempt = useAttempt();
  const changed = useWebhooksChanged();
  const again = async () => {
    const made = await replayOne(deliveryId);
    await changed();
    await navigate({
      to: '/settings/webhooks/$endpointId/$deliveryId',
      params: { endpointId, deliveryId: made.id },
    });
  };
  const delivery = query.data;
  const name = delivery?.seq === null ? t('deliveries.test') : typeName(t, delivery?.type ?? '');
  return (
    <>
      <Link
        to="/settings/webhooks/$endpointId"
        params={{ endpointId }}
        search={{}}
        className={buttonClass('ghost', 'mb-3 -ms-3')}
      >
        <ArrowLeft size={14} className="rtl:-scale-x-100" aria-hidden />
        {t('deliveries.back')}
      </Link>
      <PageBody
        title={delivery ? name : t('deliveries.one')}
        actions={
          delivery &&
          writes && (
            <Button
              onClick={() =>
                void attempt(again, {
                  done: t('webhooks.replayed'),
                  failed: t('webhooks.failed'),
                })
              }
            >
              <RotateCw size={14} aria-hidden />
              {t('webhooks.replay')}
            </Button>
          )
        }
      >
        <Allowed right="webhooks:read">
          <Loaded query={query}>{(found) => <Detail delivery={found} />}</Loaded>
        </Allowed>
      </PageBody>
    </>
  );
}

function Detail({ delivery }: { delivery: WebhookDeliveryDetail }) {
  const t = useText();
  const { seq, eventId, body, tries } = delivery;
  const tried = delivery.attempts > 0;
  return (
    <>
      <div className="mb-6 flex flex-wrap items-start gap-x-6 gap-y-2">
        <DeliveryBadge delivery={delivery} />
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-xs">
          <Fact label={t('deliveries.id')}>{eventId}</Fact>
          {seq !== null && <Fact label={t('deliveries.seq')}>{seq}</Fact>}
          <Fact label={t('deliveries.made')}>
            <Time at={delivery.createdAt} />
          </Fact>
          {delivery.settledAt && (
            <Fact label={t('deliveries.settled')}>
              <Time at={delivery.settledAt} />
            </Fact>
          )}
          {tried && delivery.nextAttemptAt && (
            <Fact label={t('deliveries.next')}>
              <Time at={delivery.nextAttemptAt} />
            </Fact>
          )}
        </dl>
      </div>
      <Section title={t('deliveries.tries')}>
        {tries.length === 0 && <p className="text-sm text-muted">{t('deliveries.noTries')}</p>}
        {tries.length > 0 && (
          <ol aria-label={t('deliveries.tries')} className="border-t border-line">
            {tries.toReversed().map((each, at) => (
              <Attempt key={each.id} attempt={each} open={at === 0} />
            ))}
          </ol>
        )}
      </Section>
      <Section title={t('deliveries.body')}>
        {body === null ? (
          <p className="text-sm text-muted">{t('deliveries.noBody')}</p>
        ) : (
          <CodeBlock
            label={t('events.json')}
            code={prettyJson(body)}
            copies={[{ label: t('action.copy'), value: body }]}
          />
        )}
      </Section>
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 break-all">
        <bdi>{children}</bdi>
      </dd>
    </>
  );
}
