import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { ActList } from '../../features/staff/act-list.js';
import { AskSection } from '../../features/staff/ask-section.js';
import { FailedJobs } from '../../features/staff/failed-jobs.js';
import { FeaturesSection } from '../../features/staff/features-section.js';
import { HealthSections } from '../../features/staff/health-sections.js';
import { InvoicesSection } from '../../features/staff/invoices-section.js';
import { OrganizationBadge } from '../../features/staff/organization-badge.js';
import { PlanSection } from '../../features/staff/plan-section.js';
import { healthQuery, useMay } from '../../features/staff/queries.js';
import { DeletionSection, SuspensionSection } from '../../features/staff/standing-sections.js';
import { useText } from '../../messages/intl.js';
import { CopyField } from '../../ui/copy-field.js';
import { Loaded } from '../../ui/loaded.js';
import { Page } from '../../ui/page.js';
import { Section } from '../../ui/section.js';
import { Time } from '../../ui/time.js';

/** One organization: how it fares, and what can be done about it. */
export function StaffOrganizationRoute() {
  const t = useText();
  const { organizationId } = useParams({
    from: '/console/staff/organizations/$organizationId',
  });
  const query = useQuery(healthQuery(organizationId));
  const seesJobs = useMay('operations:read');
  const seesBilling = useMay('billing:read');
  const seesActs = useMay('acts:read');
  const organization = query.data?.organization;
  return (
    <Page
      title={organization?.name ?? t('staff.organization')}
      actions={organization && <OrganizationBadge status={organization.status} />}
    >
      <p className="-mt-4 mb-4 text-sm">
        <Link
          to="/staff/organizations"
          search={{}}
          className="inline-flex items-center gap-1 text-muted hover:text-text"
        >
          <ArrowLeft size={14} className="rtl:-scale-x-100" aria-hidden />
          {t('staff.organizations')}
        </Link>
      </p>
      <Loaded query={query} rows={6}>
        {(health) => (
          <div>
            <HealthSections health={health} />
            <PlanSection health={health} />
            {seesBilling && <InvoicesSection organizationId={organizationId} />}
            <FeaturesSection organizationId={organizationId} />
            {seesJobs && (
              <Section title={t('staff.jobs')} hint={t('staff.jobs.hint')}>
                <FailedJobs organizationId={organizationId} />
              </Section>
            )}
            <AskSection organization={health.organization} />
            <SuspensionSection organization={health.organization} />
            <DeletionSection organization={health.organization} />
            {seesActs && (
              <Section title={t('staff.acts')} hint={t('staff.acts.ofOne')}>
                <ActList organizationId={organizationId} />
              </Section>
            )}
            <Section title={t('staff.identity')}>
              <div className="max-w-110 space-y-3">
                <CopyField label={t('staff.identity.id')} value={organizationId} shownLabel />
                <CopyField
                  label={t('staff.identity.slug')}
                  value={health.organization.slug}
                  shownLabel
                />
                <p className="text-xs text-muted">
                  {t('staff.identity.since')} <Time at={health.organization.createdAt} />
                </p>
              </div>
            </Section>
          </div>
        )}
      </Loaded>
    </Page>
  );
}
