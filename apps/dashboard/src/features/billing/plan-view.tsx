import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { useIntl, useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { Loaded } from '../../ui/loaded.js';
import { Section } from '../../ui/section.js';
import { useCan } from '../auth/queries.js';
import { ChangeDialog } from './change-dialog.js';
import { PaymentSection } from './payment-section.js';
import { planLines, seatPriceText, type Used } from './plan-words.js';
import { ProfileDialog } from './profile-dialog.js';
import { ProfileSection } from './profile-section.js';
import { entitlementsQuery, plansQuery, profileQuery, subscriptionQuery } from './queries.js';
import { SubscriptionSection } from './subscription-section.js';
import type { Choice, Entitlements, Plan, Subscription } from './types.js';

const lookMs = 3_000;

/** The plan, what can be done about it, whom its invoices are made out to and how they are paid. */
export function PlanView() {
  const t = useText();
  const plans = useQuery(plansQuery);
  const { checkout } = useSearch({ from: '/desk/settings/billing' });
  const subscription = useQuery({
    ...subscriptionQuery,
    // The provider tells of a checkout a moment after it has led back here.
    refetchInterval: ({ state }) =>
      checkout === 'done' && (!state.data || state.data.status === 'canceled') && lookMs,
  });
  const isAwaited =
    checkout === 'done' &&
    subscription.isSuccess &&
    (!subscription.data || subscription.data.status === 'canceled');
  const entitlements = useQuery(entitlementsQuery);
  return (
    <>
      {isAwaited && (
        <p role="status" className="mb-4 rounded-lg border border-line px-3 py-2.5 text-sm">
          {t('billing.checkoutDone')}
        </p>
      )}
      <Loaded query={plans}>
        {(offered) => (
          <Loaded query={subscription}>
            {(taken) => (
              <Loaded query={entitlements}>
                {(entitled) => (
                  <Sections plans={offered} subscription={taken} used={usedOf(entitled)} />
                )}
              </Loaded>
            )}
          </Loaded>
        )}
      </Loaded>
    </>
  );
}

function usedOf({ limits, features }: Entitlements): Used {
  const of = (name: string) => limits.find(({ entitlement }) => entitlement === name)?.used ?? 0;
  return {
    seats: of('seats'),
    ticketsAMonth: of('ticketsAMonth'),
    storageBytes: of('storageBytes'),
    features,
  };
}

interface SectionsProps {
  plans: Plan[];
  subscription: Subscription | null;
  used: Used;
}

/** The window that is open, with what is chosen in it. */
type Open = { window: 'change'; choice: Choice } | { window: 'profile'; after: Choice | null };

function Sections({ plans, subscription, used }: SectionsProps) {
  const writes = useCan('billing:write');
  const profile = useQuery(profileQuery);
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const choose = (choice: Choice) => setOpen({ window: 'change', choice });
  const seats = Math.max(1, used.seats);
  const chosen = (): Choice => {
    const { planId, interval, seats: taken } = subscription ?? { interval: 'month', seats };
    const known = plans.find(({ id }) => id === planId) ?? plans[0];
    return { planId: known?.id ?? '', interval, seats: taken };
  };
  return (
    <>
      {subscription ? (
        <SubscriptionSection
          plans={plans}
          subscription={subscription}
          used={used.seats}
          onChange={writes && plans.length > 0 ? () => choose(chosen()) : undefined}
        />
      ) : (
        <PlansSection
          plans={plans}
          onChoose={writes ? (planId) => choose({ planId, interval: 'month', seats }) : undefined}
        />
      )}
      <ProfileSection
        query={profile}
        onEdit={writes ? () => setOpen({ window: 'profile', after: null }) : undefined}
      />
      <PaymentSection />
      {open?.window === 'change' && (
        <ChangeDialog
          plans={plans}
          subscription={subscription}
          used={used}
          choice={open.choice}
          onClose={close}
          onProfile={(choice) => setOpen({ window: 'profile', after: choice })}
        />
      )}
      {open?.window === 'profile' && (
        <ProfileDialog
          profile={profile.data ?? null}
          onClose={() => (open.after ? choose(open.after) : close())}
        />
      )}
    </>
  );
}

interface PlansSectionProps {
  plans: Plan[];
  onChoose: ((planId: string) => void) | undefined;
}

/** What can be taken, for who has taken nothing yet. */
function PlansSection({ plans, onChoose }: PlansSectionProps) {
  const { t, language } = useIntl();
  return (
    <Section title={t('billing.plans')} hint={t('billing.plansHint')}>
      {plans.length === 0 ? (
        <p className="text-sm text-muted">{t('billing.plansNone')}</p>
      ) : (
        <ul aria-label={t('billing.plans')} className="grid gap-3 sm:grid-cols-3">
          {plans.map((plan) => (
            <li key={plan.id} className="flex flex-col rounded-xl border border-line p-4">
              <h3 className="text-base font-semibold">
                <bdi>{plan.name}</bdi>
              </h3>
              <p className="text-sm">{seatPriceText(t, language, plan, 'month')}</p>
              <p className="text-xs text-muted">{seatPriceText(t, language, plan, 'year')}</p>
              <PlanLines lines={planLines(t, language, plan)} />
              {plan.trialDays > 0 && (
                <p className="mb-3 text-xs text-muted">
                  {t('billing.trialDays', { count: plan.trialDays })}
                </p>
              )}
              {onChoose && (
                <Button
                  className="mt-auto"
                  aria-label={t('billing.chooseOne', { plan: plan.name })}
                  onClick={() => onChoose(plan.id)}
                >
                  {t('billing.choose')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function PlanLines({ lines }: { lines: string[] }) {
  const t = useText();
  return (
    <ul aria-label={t('billing.has')} className="my-3 space-y-1 text-xs">
      {lines.map((line) => (
        <li key={line} className="flex gap-1.5">
          <Check size={13} className="mt-0.5 shrink-0 text-accent-text" aria-hidden />
          {line}
        </li>
      ))}
    </ul>
  );
}
