import { useQuery } from '@tanstack/react-query';
import { useIntl } from '../../messages/intl.js';
import { Loaded } from '../../ui/loaded.js';
import { Section } from '../../ui/section.js';
import { Time } from '../../ui/time.js';
import { count } from '../billing/format.js';
import { Facts, type Fact } from './facts.js';
import { operationsQuery } from './operations-queries.js';

/** Seconds behind from which somebody should look. */
const tooFarBehind = 60;

/** The queue, the outbox, and what failed in the last day. */
export function OperationsOverview() {
  const { t, language } = useIntl();
  const query = useQuery(operationsQuery);
  const number = (value: number) => count(value, language);
  const bad = (label: string, value: number): Fact => ({
    label,
    value: number(value),
    isBad: value > 0,
  });
  const seconds = (label: string, value: number): Fact => ({
    label,
    value: t('staff.seconds', { count: value }),
    isBad: value >= tooFarBehind,
  });
  return (
    <Loaded query={query} rows={6}>
      {({ queue, process, ...now }) => (
        <div>
          <Section title={t('staff.queue')}>
            <Facts
              label={t('staff.queue')}
              facts={[
                { label: t('staff.queue.waiting'), value: number(queue.waiting) },
                { label: t('staff.queue.active'), value: number(queue.active) },
                { label: t('staff.queue.delayed'), value: number(queue.delayed) },
                bad(t('staff.trouble.jobsFailed'), queue.failed),
                seconds(t('staff.queue.oldest'), queue.oldestWaitingSeconds),
              ]}
            />
          </Section>
          <Section title={t('staff.outbox')} hint={t('staff.outbox.hint')}>
            <Facts
              label={t('staff.outbox')}
              facts={[
                { label: t('staff.trouble.eventsWaiting'), value: number(now.eventsWaiting) },
                seconds(t('staff.outbox.lag'), now.outboxLagSeconds),
              ]}
            />
          </Section>
          <Section title={t('staff.trouble.ofAll')} hint={t('staff.trouble.hint')}>
            <Facts
              label={t('staff.trouble.ofAll')}
              facts={[
                bad(t('staff.trouble.mailsFailed'), now.mailsFailed),
                bad(t('staff.trouble.mailsRejected'), now.mailsRejected),
                bad(t('staff.trouble.accountMailsFailed'), now.accountMailsFailed),
                bad(t('staff.trouble.endpointsFailing'), now.webhookEndpointsFailing),
                bad(t('staff.trouble.endpointsDisabled'), now.webhookEndpointsDisabled),
                {
                  label: t('staff.trouble.deliveriesWaiting'),
                  value: number(now.webhookDeliveriesWaiting),
                },
              ]}
            />
          </Section>
          <p className="text-xs text-muted">
            {t('staff.process')}{' '}
            <bdi dir="ltr" className="font-mono">
              {process.host}:{process.id}
            </bdi>
            {' · '}
            {t('staff.process.since')} <Time at={process.startedAt} />
          </p>
        </div>
      )}
    </Loaded>
  );
}
