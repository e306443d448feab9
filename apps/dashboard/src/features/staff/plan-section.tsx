import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { codeOf } from '../../api/error.js';
import { useIntl, useText } from '../../messages/intl.js';
import { exactDay } from '../../messages/time.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Confirm } from '../../ui/confirm.js';
import { Loaded } from '../../ui/loaded.js';
import { Section } from '../../ui/section.js';
import { LimitRow } from '../billing/limit-list.js';
import { planName, priceText } from '../billing/plan-words.js';
import { billingQuery, endOverride, plansQuery } from './billing-queries.js';
import { OverrideDialog } from './override-dialog.js';
import { termLines } from './override-words.js';
import { useMay, useStaffChange } from './queries.js';
import { useStaffAttempt } from './refusals.js';
import { standingTones } from './standing.js';
import type { OrganizationHealth, StaffBilling } from './types.js';

/** What an organization has taken, how much of it is used, and what is given to it instead. */
export function PlanSection({ health }: { health: OrganizationHealth }) {
  const t = useText();
  const { id } = health.organization;
  const seesBilling = useMay('billing:read');
  const query = useQuery({ ...billingQuery(id), enabled: seesBilling });
  const hasPlan = health.organization.plan !== null;
  // Where nothing is sold there is nothing to tell.
  if (codeOf(query.error) === 'billing.off') return null;
  if (!seesBilling && !hasPlan) return null;
  return (
    <Section title={t('billing.plan')}>
      {health.planLimits.length > 0 && (
        <ul aria-label={t('usage.limits')} className="mb-5 max-w-140 space-y-4">
          {health.planLimits.map((limit) => (
            <LimitRow key={limit.entitlement} limit={limit} />
          ))}
        </ul>
      )}
      {seesBilling && (
        <Loaded query={query} rows={1}>
          {(billing) => (
            <>
              <Taken billing={billing} />
              <Given id={id} name={health.organization.name} billing={billing} />
            </>
          )}
        </Loaded>
      )}
    </Section>
  );
}

function Taken({ billing: { subscription } }: { billing: StaffBilling }) {
  const { t, language } = useIntl();
  const plans = useQuery(plansQuery).data ?? [];
  if (!subscription) return <p className="text-sm text-muted">{t('staff.plan.none')}</p>;
  const { planId, planVersion, seats, status, periodEnd, endsWithPeriod } = subscription;
  return (
    <div className="text-sm">
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{planName(plans, planId)}</span>
        <span className="text-xs text-muted">
          {t('staff.plan.version', { version: planVersion })}
        </span>
        <Badge tone={standingTones[status]}>{t(`billing.status.${status}`)}</Badge>
      </p>
      <p className="mt-1 text-muted">
        {t('staff.plan.seats', { count: seats })}
        {' · '}
        {priceText(t, language, subscription)}
        {' · '}
        {t(endsWithPeriod ? 'billing.endsOn' : 'billing.renewsOn', {
          date: exactDay(periodEnd, language),
        })}
      </p>
    </div>
  );
}

interface GivenProps {
  id: string;
  name: string;
  billing: StaffBilling;
}

function Given({ id, name, billing: { override } }: GivenProps) {
  const { t, language } = useIntl();
  const mayGive = useMay('billing:write');
  const attempt = useStaffAttempt();
  const end = useStaffChange(endOverride);
  const [asking, setAsking] = useState<'give' | 'end' | null>(null);
  const close = () => setAsking(null);
  return (
    <div className="mt-4 flex flex-wrap items-start gap-x-4 gap-y-2 text-sm">
      <div className="min-w-0 flex-1 basis-60">
        {override ? (
          <>
            <p className="font-medium">
              {t('staff.override.is', { day: exactDay(override.until, language) })}
            </p>
            <ul className="mt-1 text-muted">
              {termLines(t, language, override.terms).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
            <p className="mt-1 text-xs text-subtle">
              <bdi>{override.givenBy}</bdi>
              {': '}
              <bdi>{override.reason}</bdi>
            </p>
          </>
        ) : (
          <p className="text-muted">{t('staff.override.none')}</p>
        )}
      </div>
      {mayGive && (
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => setAsking('give')}>{t('staff.override.give')}</Button>
          {override && (
            <Button disabled={end.isPending} onClick={() => setAsking('end')}>
              {t('staff.override.end')}
            </Button>
          )}
        </div>
      )}
      {asking === 'give' && (
        <OverrideDialog organization={{ id, name }} override={override} onClose={close} />
      )}
      <Confirm
        open={asking === 'end'}
        onOpenChange={close}
        title={t('staff.override.endTitle', { name })}
        body={t('staff.override.endBody')}
        action={t('staff.override.end')}
        onConfirm={() =>
          void attempt(() => end.mutateAsync(id), t('staff.override.ended', { name }))
        }
      />
    </div>
  );
}
