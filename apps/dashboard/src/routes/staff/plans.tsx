import { useQuery } from '@tanstack/react-query';
import { Package, Plus } from 'lucide-react';
import { useState } from 'react';
import { planLines, seatPriceText } from '../../features/billing/plan-words.js';
import { plansQuery, versionsQuery } from '../../features/staff/billing-queries.js';
import { PlanDialog } from '../../features/staff/plan-dialog.js';
import { useMay } from '../../features/staff/queries.js';
import type { StaffPlan } from '../../features/staff/types.js';
import { useIntl, useText } from '../../messages/intl.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Loaded } from '../../ui/loaded.js';
import { Page } from '../../ui/page.js';
import { EmptyState } from '../../ui/states.js';
import { Time } from '../../ui/time.js';

/** What is sold. A new version of a plan leaves whoever has an older one as they are. */
export function StaffPlansRoute() {
  const t = useText();
  const maySell = useMay('plans:write');
  const query = useQuery(plansQuery);
  const [offering, setOffering] = useState<{ plan: StaffPlan | null } | null>(null);
  return (
    <Page
      title={t('staff.plans')}
      intro={t('staff.plans.intro')}
      actions={
        maySell && (
          <Button variant="primary" onClick={() => setOffering({ plan: null })}>
            <Plus size={15} aria-hidden />
            {t('staff.plans.offer')}
          </Button>
        )
      }
    >
      <Loaded query={query} rows={4}>
        {(plans) =>
          plans.length === 0 ? (
            <EmptyState icon={Package} title={t('staff.plans.empty')} />
          ) : (
            <ul aria-label={t('staff.plans')} className="border-t border-line">
              {plans.map((plan) => (
                <Row
                  key={plan.id}
                  plan={plan}
                  onOffer={maySell ? () => setOffering({ plan }) : undefined}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      {offering && <PlanDialog plan={offering.plan} onClose={() => setOffering(null)} />}
    </Page>
  );
}

function Row({ plan, onOffer }: { plan: StaffPlan; onOffer: (() => void) | undefined }) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 border-b border-line py-4">
      <div className="min-w-0 flex-1 basis-60">
        <Terms plan={plan} />
        {plan.version > 1 && (
          <details
            className="mt-2 text-sm"
            onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
          >
            <summary className="cursor-pointer text-xs text-muted">
              {t('staff.plans.older')}
              <span className="sr-only">{plan.name}</span>
            </summary>
            {isOpen && <Versions plan={plan} />}
          </details>
        )}
      </div>
      {onOffer && (
        <Button onClick={onOffer}>
          {t('staff.plans.newVersion')}
          <span className="sr-only">{plan.name}</span>
        </Button>
      )}
    </li>
  );
}

function Versions({ plan: { id, version } }: { plan: StaffPlan }) {
  const query = useQuery(versionsQuery(id));
  return (
    <Loaded query={query} rows={1}>
      {(versions) => (
        <ul className="mt-2 space-y-3 border-s border-line ps-4">
          {versions
            .filter((each) => each.version < version)
            .map((each) => (
              <li key={each.version}>
                <Terms plan={each} />
              </li>
            ))}
        </ul>
      )}
    </Loaded>
  );
}

function Terms({ plan }: { plan: StaffPlan }) {
  const { t, language } = useIntl();
  const { id, name, version, isOffered, organizations, createdAt, trialDays } = plan;
  const prices = (['month', 'year'] as const).map((interval) =>
    seatPriceText(t, language, plan, interval),
  );
  return (
    <>
      <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
        <bdi>{name}</bdi>
        <bdi dir="ltr" className="font-mono text-xs font-normal text-muted">
          {id} v{version}
        </bdi>
        {isOffered ? (
          <Badge tone="good">{t('staff.plans.offered')}</Badge>
        ) : (
          <Badge>{t('staff.plans.notOffered')}</Badge>
        )}
      </p>
      <p className="mt-1 text-sm">{prices.join(' · ')}</p>
      <p className="mt-0.5 text-xs text-muted">
        {planLines(t, language, plan).join(' · ')}
        {trialDays > 0 && ` · ${t('billing.trialDays', { count: trialDays })}`}
      </p>
      <p className="mt-0.5 text-xs text-subtle">
        {t('staff.plans.organizations', { count: organizations })}
        {' · '}
        <Time at={createdAt} />
      </p>
    </>
  );
}
