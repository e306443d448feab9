import { useIntl } from '../../messages/intl.js';
import { Section } from '../../ui/section.js';
import { Time } from '../../ui/time.js';
import { count, percent, storage } from '../billing/format.js';
import { Facts, type Fact } from './facts.js';
import type { OrganizationHealth } from './types.js';

/** How an organization fares: counts and times, and nothing that it wrote. */
export function HealthSections({ health }: { health: OrganizationHealth }) {
  const { t, language } = useIntl();
  const number = (value: number) => count(value, language);
  const bad = (label: string, value: number): Fact => ({
    label,
    value: number(value),
    isBad: value > 0,
  });
  const when = (at: string | null) => (at ? <Time at={at} /> : t('staff.never'));
  const { limits } = health;
  const limit = (value: number) => (value === 0 ? t('staff.limits.any') : number(value));
  const used = limits.storageAllowed > 0 ? (100 * limits.storageUsed) / limits.storageAllowed : 0;
  return (
    <>
      <Section title={t('staff.activity')}>
        <Facts
          label={t('staff.activity')}
          facts={[
            { label: t('staff.activity.lastActive'), value: when(health.lastActiveAt) },
            { label: t('staff.activity.lastEvent'), value: when(health.lastEventAt) },
            { label: t('staff.activity.people'), value: number(health.activePeople) },
            { label: t('staff.activity.tickets'), value: number(health.tickets) },
            { label: t('staff.activity.events'), value: number(health.events) },
          ]}
        />
      </Section>
      <Section title={t('staff.trouble')} hint={t('staff.trouble.hint')}>
        <Facts
          label={t('staff.trouble')}
          facts={[
            { label: t('staff.trouble.mailsSent'), value: number(health.mailsSent) },
            bad(t('staff.trouble.mailsFailed'), health.mailsFailed),
            bad(t('staff.trouble.mailsRejected'), health.mailsRejected),
            bad(t('staff.trouble.jobsFailed'), health.jobsFailed),
            { label: t('staff.trouble.eventsWaiting'), value: number(health.eventsWaiting) },
            { label: t('staff.trouble.endpoints'), value: number(health.webhookEndpoints) },
            bad(t('staff.trouble.endpointsFailing'), health.webhookEndpointsFailing),
            bad(t('staff.trouble.endpointsDisabled'), health.webhookEndpointsDisabled),
            {
              label: t('staff.trouble.deliveriesWaiting'),
              value: number(health.webhookDeliveriesWaiting),
            },
          ]}
        />
      </Section>
      <Section title={t('staff.limits')}>
        <Facts
          label={t('staff.limits')}
          facts={[
            {
              label: t('staff.limits.storage', {
                allowed: storage(limits.storageAllowed, language),
                share: percent(used, language),
              }),
              value: storage(limits.storageUsed, language),
              isBad: used >= 100,
            },
            { label: t('staff.limits.perMinute'), value: limit(limits.perMinute) },
            { label: t('staff.limits.concurrent'), value: limit(limits.concurrent) },
          ]}
        />
      </Section>
    </>
  );
}
