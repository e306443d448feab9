import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Download, ReceiptText } from 'lucide-react';
import { useIntl, useText } from '../../messages/intl.js';
import { useAttempt } from '../../ui/attempt.js';
import { Badge } from '../../ui/badge.js';
import { IconButton } from '../../ui/icon-button.js';
import { LoadMore } from '../../ui/load-more.js';
import { rowSkeleton } from '../../ui/page.js';
import { EmptyState, Failure, Skeleton } from '../../ui/states.js';
import { useMe } from '../auth/queries.js';
import { dayIn, money } from './format.js';
import { PortalButton } from './portal-button.js';
import { downloadInvoice, hasPages, invoicesQuery, paymentQuery } from './queries.js';
import type { Invoice } from './types.js';

/** Invoices and credit notes, the newest first, each to be kept as a PDF. */
export function InvoicesView() {
  const t = useText();
  const query = useInfiniteQuery(invoicesQuery);
  const payment = useQuery(paymentQuery).data;
  const elsewhere = payment ? hasPages(payment) : false;
  const invoices = query.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <>
      {elsewhere && (
        <div className="mb-4 flex flex-wrap items-center gap-3 text-sm">
          <p className="min-w-0 flex-1 basis-60 text-muted">{t('invoices.elsewhere')}</p>
          <PortalButton />
        </div>
      )}
      {query.isPending && <Skeleton rows={4}>{rowSkeleton}</Skeleton>}
      {query.isError && invoices.length === 0 && (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && invoices.length === 0 && (
        <EmptyState icon={ReceiptText} title={t('invoices.none')} body={t('invoices.noneBody')} />
      )}
      {invoices.length > 0 && (
        <ul aria-label={t('billing.tab.invoices')} className="border-t border-line">
          {invoices.map((invoice) => (
            <Row
              key={invoice.id}
              invoice={invoice}
              credited={invoices.find(({ id }) => id === invoice.creditsId)?.number}
            />
          ))}
        </ul>
      )}
      <LoadMore query={query} />
    </>
  );
}

const tones = { open: 'plain', overdue: 'bad', paid: 'good', credited: 'plain', issued: 'plain' };

interface RowProps {
  invoice: Invoice;
  /** The number of the invoice that this one takes back. */
  credited: string | undefined;
}

function Row({ invoice, credited }: RowProps) {
  const { t, language } = useIntl();
  const timeZone = useMe()?.organization.timeZone ?? 'UTC';
  const attempt = useAttempt();
  const {
    kind,
    number,
    status,
    currency,
    net,
    tax,
    taxName,
    total,
    issuedAt,
    dueAt,
    paidAt,
    billedBy,
  } = invoice;
  const day = (iso: string) => dayIn(iso, language, timeZone);
  const isLate = status === 'open' && Date.parse(dueAt) < Date.now();
  const state = isLate ? 'overdue' : status;
  const when = {
    open: t('invoices.due', { date: day(dueAt) }),
    overdue: t('invoices.dueSince', { date: day(dueAt) }),
    paid: t('invoices.paidOn', { date: paidAt ? day(paidAt) : '' }),
    credited: t('invoices.takenBack'),
    issued: credited ? t('invoices.credits', { number: credited }) : t('invoices.creditNote'),
  }[state];
  return (
    <li className="flex min-h-16 items-center gap-3 border-b border-line py-2.5">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">
          <bdi>{number}</bdi>
          <Badge tone={tones[state] as 'plain' | 'good' | 'bad'}>
            {t(`invoices.status.${state}`)}
          </Badge>
        </p>
        <p className="text-xs text-muted">
          {t(kind === 'invoice' ? 'invoices.issuedOn' : 'invoices.creditedOn', {
            date: day(issuedAt),
          })}
          {' · '}
          {when}
        </p>
      </div>
      <div className="text-end">
        <p className="text-sm font-medium tabular-nums">{money(total, currency, language)}</p>
        {tax !== 0 && (
          <p className="text-xs text-muted tabular-nums max-sm:hidden">
            {t('invoices.withTax', {
              net: money(net, currency, language),
              tax: money(tax, currency, language),
              name: taxName,
            })}
          </p>
        )}
      </div>
      {/* What the provider made out is on its own pages, to which the way is above. */}
      {billedBy === 'manual' && (
        <IconButton
          label={t('invoices.download', { number })}
          onClick={() =>
            void attempt(() => downloadInvoice(invoice), { failed: t('invoices.notDownloaded') })
          }
        >
          <Download size={16} aria-hidden />
        </IconButton>
      )}
    </li>
  );
}
