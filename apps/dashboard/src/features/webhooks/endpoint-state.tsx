import { useText } from '../../messages/intl.js';
import { Badge } from '../../ui/badge.js';
import { Time } from '../../ui/time.js';
import type { WebhookDelivery, WebhookEndpoint } from './types.js';

/** Whether anything is sent to an endpoint, and whether it arrives. */
export function EndpointBadge({ endpoint }: { endpoint: WebhookEndpoint }) {
  const t = useText();
  if (!endpoint.isEnabled) {
    return (
      <Badge tone={endpoint.disabledBecause === 'by_hand' ? 'plain' : 'bad'}>
        {t('webhooks.state.off')}
      </Badge>
    );
  }
  return endpoint.failingSince ? (
    <Badge tone="warn">{t('webhooks.state.failing')}</Badge>
  ) : (
    <Badge tone="good">{t('webhooks.state.on')}</Badge>
  );
}

/** Why it is as it is, in a line. */
export function EndpointNews({ endpoint }: { endpoint: WebhookEndpoint }) {
  const t = useText();
  const { isEnabled, disabledBecause, disabledAt, failingSince, lastDeliveredAt } = endpoint;
  return (
    <span className="flex flex-wrap gap-x-3">
      {!isEnabled && disabledBecause && (
        <span>
          {t(`webhooks.because.${disabledBecause}`)} {disabledAt && <Time at={disabledAt} />}
        </span>
      )}
      {isEnabled && failingSince && (
        <span className="text-danger">
          {t('webhooks.failingSince')} <Time at={failingSince} />
        </span>
      )}
      <span>
        {lastDeliveredAt ? (
          <>
            {t('webhooks.lastDelivered')} <Time at={lastDeliveredAt} />
          </>
        ) : (
          t('webhooks.never')
        )}
      </span>
      {endpoint.waiting > 0 && <span>{t('webhooks.waiting', { count: endpoint.waiting })}</span>}
    </span>
  );
}

const tones = { waiting: 'plain', delivered: 'good', failed: 'bad' } as const;

/** What became of a delivery. */
export function DeliveryBadge({ delivery }: { delivery: WebhookDelivery }) {
  const t = useText();
  return <Badge tone={tones[delivery.status]}>{t(`deliveries.status.${delivery.status}`)}</Badge>;
}
