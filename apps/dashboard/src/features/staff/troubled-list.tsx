import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import { useIntl, useText } from '../../messages/intl.js';
import { count } from '../billing/format.js';
import { StaffList } from './list.js';
import { troubledQuery } from './operations-queries.js';
import type { TroubledOrganization } from './types.js';

/** The organizations in which mails or webhooks fail, the most first. */
export function TroubledList() {
  const t = useText();
  const query = useInfiniteQuery(troubledQuery);
  return (
    <StaffList
      query={query}
      label={t('staff.operations.organizations')}
      empty={{ icon: CircleCheck, title: t('staff.troubled.none') }}
    >
      {(organization) => <Row key={organization.id} organization={organization} />}
    </StaffList>
  );
}

function Row({ organization }: { organization: TroubledOrganization }) {
  const { t, language } = useIntl();
  const { id, name, slug } = organization;
  const troubles = [
    [t('staff.trouble.mailsFailed'), organization.mailsFailed],
    [t('staff.trouble.mailsRejected'), organization.mailsRejected],
    [t('staff.trouble.endpointsFailing'), organization.webhookEndpointsFailing],
    [t('staff.trouble.endpointsDisabled'), organization.webhookEndpointsDisabled],
    [t('staff.trouble.deliveriesWaiting'), organization.webhookDeliveriesWaiting],
  ] as const;
  return (
    <li className="border-b border-line">
      <Link
        to="/staff/organizations/$organizationId"
        params={{ organizationId: id }}
        className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-lg px-1 py-2.5 -outline-offset-2 hover:bg-hover"
      >
        <span className="min-w-0 flex-1 basis-40">
          <span className="block truncate text-sm font-medium">
            <bdi>{name}</bdi>
          </span>
          <span className="block truncate text-xs text-muted">
            <bdi>{slug}</bdi>
          </span>
        </span>
        <span className="min-w-0 text-xs text-muted">
          {troubles
            .filter(([, times]) => times > 0)
            .map(([label, times]) => `${label}: ${count(times, language)}`)
            .join(' · ')}
        </span>
      </Link>
    </li>
  );
}
