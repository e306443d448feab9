import { useState, type ReactNode } from 'react';
import { useIntl } from '../../messages/intl.js';
import { useAttempt } from '../../ui/attempt.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Confirm } from '../../ui/confirm.js';
import { Section } from '../../ui/section.js';
import { useCan, useMe } from '../auth/queries.js';
import { dayIn } from './format.js';
import { isHalted, planName, priceText } from './plan-words.js';
import { cancelPlan, keepPlan, takePlan, useBillingChange } from './queries.js';
import type { Plan, Subscription } from './types.js';

const tones = {
  trialing: 'plain',
  active: 'good',
  past_due: 'warn',
  grace: 'warn',
  read_only: 'bad',
  suspended: 'bad',
  canceled: 'plain',
} as const;

interface SubscriptionSectionProps {
  plans: Plan[];
  subscription: Subscription;
  /** How many people are active. */
  used: number;
  onChange: (() => void) | undefined;
}

/** The plan that was taken: what it is, until when, what is planned, and the ways to change or end it. */
export function SubscriptionSection(props: SubscriptionSectionProps) {
  const { t, language } = useIntl();
  const { plans, subscription, used, onChange } = props;
  const { status, planId, seats, endsWithPeriod } = subscription;
  const name = planName(plans, planId);
  const isOver = status === 'canceled';
  const date = useDates(subscription);
  return (
    <Section
      title={t('billing.plan')}
      actions={
        onChange &&
        !isHalted(subscription) && (
          <Button variant={isOver ? 'primary' : 'secondary'} onClick={onChange}>
            {t(isOver ? 'billing.comeBack' : 'billing.changeOpen')}
          </Button>
        )
      }
    >
      <p className="mb-3 flex flex-wrap items-center gap-2">
        <span className="text-lg font-semibold" dir="auto">
          {name}
        </span>
        <Badge tone={tones[status]}>{t(`billing.status.${status}`)}</Badge>
      </p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 text-sm">
        <Fact term={t('billing.seats')}>{t('billing.seatsUsed', { count: seats, used })}</Fact>
        <Fact term={t('billing.price')}>{priceText(t, language, subscription)}</Fact>
        <Fact term={t('billing.period')}>
          {isOver
            ? t('billing.endedOn', { date: date.ended })
            : t(periodKey(subscription), { date: date.end })}
        </Fact>
        {isHalted(subscription) && (
          <Fact term={t('billing.standing')}>{t('billing.error.payFirst')}</Fact>
        )}
      </dl>
      <Planned {...props} />
      {!isOver && <Ending subscription={subscription} isEnding={endsWithPeriod} end={date.end} />}
    </Section>
  );
}

function useDates({ periodEnd, canceledAt }: Subscription) {
  const { language } = useIntl();
  const timeZone = useMe()?.organization.timeZone ?? 'UTC';
  const day = (iso: string | null) => (iso ? dayIn(iso, language, timeZone) : '');
  return { end: day(periodEnd), ended: day(canceledAt) };
}

function periodKey({ status, endsWithPeriod }: Subscription) {
  if (endsWithPeriod) return 'billing.endsOn';
  if (status === 'trialing') return 'billing.trialUntil';
  return status === 'read_only' || status === 'suspended'
    ? 'billing.paidUntil'
    : 'billing.renewsOn';
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{term}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

/** What the plan becomes with its next period, and the way to take that back. */
function Planned({ plans, subscription, onChange }: SubscriptionSectionProps) {
  const { t } = useIntl();
  const attempt = useAttempt();
  const take = useBillingChange(takePlan);
  const { end } = useDates(subscription);
  const { next, planId, interval, seats } = subscription;
  if (!next) return null;
  return (
    <div className="mt-4 flex flex-wrap items-center gap-3 rounded-lg border border-line px-3 py-2.5 text-sm">
      <p className="min-w-0 flex-1 basis-60">
        {t('billing.planned', {
          date: end,
          plan: planName(plans, next.planId),
          count: next.seats,
          interval: t(`billing.interval.${next.interval}`),
        })}
      </p>
      {onChange && (
        <Button
          disabled={take.isPending}
          onClick={() =>
            void attempt(() => take.mutateAsync({ planId, interval, seats }), {
              done: t('billing.plannedLeft'),
              failed: t('billing.failed'),
            })
          }
        >
          {t('billing.plannedLeave')}
        </Button>
      )}
    </div>
  );
}

interface EndingProps {
  subscription: Subscription;
  isEnding: boolean;
  end: string;
}

/** The way out, and back while the period lasts. */
function Ending({ subscription, isEnding, end }: EndingProps) {
  const { t } = useIntl();
  const writes = useCan('billing:write');
  const attempt = useAttempt();
  const cancel = useBillingChange(cancelPlan);
  const keep = useBillingChange(keepPlan);
  const [asking, setAsking] = useState(false);
  if (!writes) return null;
  if (isEnding)
    return (
      <div className="mt-4 flex flex-wrap items-center gap-3 rounded-lg border border-note-line bg-note px-3 py-2.5 text-sm">
        <p className="min-w-0 flex-1 basis-60">{t('billing.ending', { date: end })}</p>
        <Button
          disabled={keep.isPending}
          onClick={() =>
            void attempt(() => keep.mutateAsync(undefined), {
              done: t('billing.kept'),
              failed: t('billing.failed'),
            })
          }
        >
          {t('billing.keep')}
        </Button>
      </div>
    );
  return (
    <div className="mt-4">
      <Button variant="ghost" className="-ms-3" onClick={() => setAsking(true)}>
        {t('billing.cancel')}
      </Button>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t('billing.cancelTitle')}
        body={
          isHalted(subscription) ? t('billing.cancelNow') : t('billing.cancelBody', { date: end })
        }
        action={t('billing.cancel')}
        onConfirm={() =>
          void attempt(() => cancel.mutateAsync(undefined), {
            done: t('billing.canceled'),
            failed: t('billing.failed'),
          })
        }
      />
    </div>
  );
}
