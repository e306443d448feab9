import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { CreditCard } from 'lucide-react';
import type { Translate } from '../../messages/catalog.js';
import { useIntl } from '../../messages/intl.js';
import { useCan, useMe } from '../auth/queries.js';
import { dayIn, money } from './format.js';
import { subscriptionQuery } from './queries.js';
import { standingOf, type Standing } from './standing.js';
import type { Subscription } from './types.js';

/** A trial that ends, an invoice that is due, what follows from it, and what to do: above every page. */
export default function BillingBanner() {
  const { t } = useIntl();
  const me = useMe();
  const reads = useCan('billing:read');
  const { data } = useQuery({ ...subscriptionQuery, enabled: reads });
  const access = me?.plan.access ?? 'full';
  const standing = data ? standingOf(data, Date.now()) : null;
  if (reads && data && standing) return <ForPayers subscription={data} standing={standing} />;
  if (access === 'full') return null;
  return (
    <Bar isGrave={access === 'suspended'}>
      {t(access === 'suspended' ? 'billingBanner.suspendedAsk' : 'billingBanner.readOnlyAsk')}
    </Bar>
  );
}

interface ForPayersProps {
  subscription: Subscription;
  standing: Standing;
}

function ForPayers({ subscription, standing }: ForPayersProps) {
  const { t, language } = useIntl();
  const timeZone = useMe()?.organization.timeZone ?? 'UTC';
  const day = (iso: string | null) => (iso ? dayIn(iso, language, timeZone) : '');
  const price = money(subscription.price, subscription.currency, language);
  const date = day(standing.at);
  const since = day(subscription.owedSince);
  const words: Record<Standing['kind'], string> = {
    trial: t(
      subscription.interval === 'month' ? 'billingBanner.trialMonth' : 'billingBanner.trialYear',
      { date, price },
    ),
    ending: t('billingBanner.ending', { date }),
    due: t('billingBanner.due', { since, date }),
    grace: t('billingBanner.grace', { date }),
    readOnly: t('billingBanner.readOnly', { date }),
    suspended: t('billingBanner.suspended'),
    ended: t('billingBanner.ended'),
  };
  const isOwed = subscription.owedSince !== null && standing.kind !== 'ended';
  return (
    <Bar isGrave={standing.kind === 'suspended' || standing.kind === 'readOnly'}>
      {words[standing.kind]}{' '}
      <Link
        to="/settings/billing"
        search={isOwed ? { view: 'invoices' } : {}}
        className="font-medium whitespace-nowrap underline underline-offset-2"
      >
        {linkOf(t, isOwed, standing)}
      </Link>
    </Bar>
  );
}

function linkOf(t: Translate, isOwed: boolean, { kind }: Standing): string {
  if (isOwed) return t('billingBanner.toInvoices');
  return t(kind === 'ended' ? 'billingBanner.toPlans' : 'billingBanner.toPlan');
}

function Bar({ isGrave, children }: { isGrave: boolean; children: React.ReactNode }) {
  return (
    <div
      role="status"
      className={clsx(
        'flex items-start justify-center gap-2.5 border-b px-4 py-2 text-sm',
        isGrave ? 'border-line bg-danger-ground' : 'border-note-line bg-note',
      )}
    >
      <CreditCard
        size={16}
        className={clsx('mt-0.5 shrink-0', isGrave ? 'text-danger' : 'text-warn')}
        aria-hidden
      />
      <p className="max-w-200">{children}</p>
    </div>
  );
}
