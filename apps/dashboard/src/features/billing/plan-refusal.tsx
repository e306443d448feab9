import { Link } from '@tanstack/react-router';
import { CreditCard, ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ApiError } from '../../api/error.js';
import type { Translate } from '../../messages/catalog.js';
import { errorText } from '../../messages/error-text.js';
import { useIntl, useText } from '../../messages/intl.js';
import { Button, buttonClass } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { EmptyState } from '../../ui/empty-state.js';
import { showRefusal } from '../../ui/refusals.js';
import { useCan } from '../auth/queries.js';
import { storage } from './format.js';
import { features } from './types.js';

interface Words {
  title: string;
  body: string;
}

/** What the plan does not let be, and what to do about it. */
function wordsOf(t: Translate, error: ApiError, language: string): Words {
  const { entitlement, limit } = error.info;
  if (error.code === 'billing.read_only')
    return { title: t('refusal.readOnly'), body: t('refusal.readOnlyBody') };
  if (error.code === 'billing.no_seat')
    return { title: t('refusal.noSeat'), body: t('refusal.noSeatBody') };
  if (error.code === 'billing.suspended')
    return { title: t('refusal.suspended'), body: t('refusal.suspendedBody') };
  const most = Number(limit ?? 0);
  if (entitlement === 'seats')
    return { title: t('refusal.seats', { count: most }), body: t('refusal.seatsBody') };
  if (entitlement === 'ticketsAMonth')
    return { title: t('refusal.tickets', { count: most }), body: t('refusal.ticketsBody') };
  if (entitlement === 'storageBytes') {
    const room = storage(most, language);
    return { title: t('refusal.storage', { room }), body: t('refusal.storageBody') };
  }
  const feature = features.find((each) => each === entitlement);
  if (feature)
    return {
      title: t('refusal.feature', { feature: t(`billing.feature.${feature}`) }),
      body: t('refusal.featureBody'),
    };
  return { title: t('refusal.other'), body: errorText(t, error) };
}

interface RefusalProps {
  error: ApiError;
}

/** The same within a form, which keeps what was typed: the page of the plan opens beside it. */
export default function PlanRefusal({ error }: RefusalProps) {
  const { t, language } = useIntl();
  const reads = useCan('billing:read');
  const { title, body } = wordsOf(t, error, language);
  return (
    <div role="alert" className="rounded-lg border border-note-line bg-note px-3 py-2.5 text-sm">
      <p className="font-medium">{title}</p>
      <p className="mt-0.5 text-muted">{body}</p>
      {reads ? (
        <p className="mt-1.5">
          <Link
            to="/settings/billing"
            search={{}}
            target="_blank"
            className="inline-flex items-center gap-1 font-medium text-accent-text underline underline-offset-2"
          >
            {t('refusal.go')}
            <ExternalLink size={13} aria-hidden />
            <span className="sr-only">{t('refusal.newTab')}</span>
          </Link>
        </p>
      ) : (
        <p className="mt-1.5 text-muted">{t('refusal.ask')}</p>
      )}
    </div>
  );
}

function Way({ reads, onGo }: { reads: boolean; onGo?: () => void }): ReactNode {
  const t = useText();
  if (!reads) return <p className="text-sm text-muted">{t('refusal.ask')}</p>;
  return (
    <Link
      to="/settings/billing"
      search={{}}
      {...(onGo && { onClick: onGo })}
      className={buttonClass('primary')}
    >
      {t('refusal.go')}
    </Link>
  );
}

/** The same in place of a page that cannot be shown. */
export function RefusedPage({ error }: RefusalProps) {
  const { t, language } = useIntl();
  const reads = useCan('billing:read');
  return (
    <div role="alert" className="h-full">
      <EmptyState icon={CreditCard} {...wordsOf(t, error, language)}>
        <Way reads={reads} />
      </EmptyState>
    </div>
  );
}

/** The same in a window, for what was asked for outside of a form. */
export function RefusalDialog({ error }: RefusalProps) {
  const { t, language } = useIntl();
  const reads = useCan('billing:read');
  const { title, body } = wordsOf(t, error, language);
  const close = () => showRefusal(null);
  return (
    <Dialog open onOpenChange={close} title={title} description={body}>
      <div className="flex flex-wrap items-center justify-end gap-2">
        <Button onClick={close}>{t('action.dismiss')}</Button>
        <Way reads={reads} onGo={close} />
      </div>
    </Dialog>
  );
}
