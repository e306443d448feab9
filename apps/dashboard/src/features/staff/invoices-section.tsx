import { useInfiniteQuery } from '@tanstack/react-query';
import { ReceiptText } from 'lucide-react';
import { useState } from 'react';
import { codeOf } from '../../api/error.js';
import { useIntl, useText } from '../../messages/intl.js';
import { exactDay } from '../../messages/time.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Section } from '../../ui/section.js';
import { money } from '../billing/format.js';
import { creditInvoice, invoicesQuery, payInvoice } from './billing-queries.js';
import { StaffList } from './list.js';
import { useMay, useStaffChange } from './queries.js';
import { ReasonDialog } from './reason-dialog.js';
import type { StaffInvoice } from './types.js';

/** What was billed to an organization; sums and times. */
export function InvoicesSection({ organizationId }: { organizationId: string }) {
  const t = useText();
  const query = useInfiniteQuery(invoicesQuery(organizationId));
  if (codeOf(query.error) === 'billing.off') return null;
  return (
    <Section title={t('staff.invoices')}>
      <StaffList
        query={query}
        isPart
        label={t('staff.invoices')}
        empty={{ icon: ReceiptText, title: t('staff.invoices.none') }}
      >
        {(invoice) => <Row key={invoice.id} organizationId={organizationId} invoice={invoice} />}
      </StaffList>
    </Section>
  );
}

const tones = { open: 'warn', paid: 'good', credited: 'plain', issued: 'plain' } as const;

interface RowProps {
  organizationId: string;
  invoice: StaffInvoice;
}

function Row({ organizationId, invoice }: RowProps) {
  const { t, language } = useIntl();
  const mayTurn = useMay('billing:write');
  const pay = useStaffChange(payInvoice);
  const credit = useStaffChange(creditInvoice);
  const [asking, setAsking] = useState<'pay' | 'credit' | null>(null);
  const { id, kind, number, status, total, currency, issuedAt, dueAt, billedBy } = invoice;
  // What the provider of payments made out is changed there.
  const isOurs = kind === 'invoice' && billedBy === 'manual';
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line py-3">
      <div className="min-w-0 flex-1 basis-48">
        <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
          <bdi dir="ltr">{number}</bdi>
          <Badge tone={tones[status]}>{t(`staff.invoice.${status}`)}</Badge>
        </p>
        <p className="text-xs text-muted">
          {t(`staff.invoice.kind.${kind}`)}
          {billedBy === 'stripe' && ` · ${t('staff.invoice.byStripe')}`}
          {' · '}
          {exactDay(issuedAt, language)}
          {status === 'open' && (
            <>
              {' · '}
              {t('staff.invoice.due', { day: exactDay(dueAt, language) })}
            </>
          )}
        </p>
      </div>
      <span className="text-sm tabular-nums">{money(total, currency, language)}</span>
      {mayTurn && isOurs && status === 'open' && (
        <Button onClick={() => setAsking('pay')}>
          {t('staff.invoice.pay')}
          <span className="sr-only">{number}</span>
        </Button>
      )}
      {mayTurn && isOurs && status !== 'credited' && (
        <Button onClick={() => setAsking('credit')}>
          {t('staff.invoice.credit')}
          <span className="sr-only">{number}</span>
        </Button>
      )}
      {asking && (
        <ReasonDialog
          title={t(`staff.invoice.${asking}Title`, { number })}
          body={t(`staff.invoice.${asking}Body`)}
          action={t(`staff.invoice.${asking}`)}
          danger={asking === 'credit'}
          onClose={() => setAsking(null)}
          onSubmit={({ reason }) =>
            (asking === 'pay' ? pay : credit).mutateAsync({
              id: organizationId,
              invoiceId: id,
              reason,
            })
          }
        />
      )}
    </li>
  );
}
