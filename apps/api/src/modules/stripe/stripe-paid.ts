import type Stripe from 'stripe';
import type { PaidInvoice } from '#modules/billing/provider-invoices.service.js';

const CURRENCY = /^[a-z]{3}$/;

/**
 * What was paid, of all invoices that Stripe has of a customer: the same, in whatever order they come. One over nothing, as at
 * the beginning of a trial, is none.
 */
export function paidOf(invoices: readonly Stripe.Invoice[]): PaidInvoice[] {
  return invoices
    .filter(({ status, total, currency }) => {
      return status === 'paid' && total !== 0 && CURRENCY.test(currency);
    })
    .map((invoice) => {
      const { id, number, currency, total, total_excluding_tax: net, created } = invoice;
      const { finalized_at: finalized, paid_at: paid } = invoice.status_transitions;
      const issued = finalized ?? created;
      return {
        billedBy: 'stripe',
        providerId: id!,
        number: number ?? id!,
        currency: currency.toUpperCase(),
        net: net ?? total,
        tax: total - (net ?? total),
        total,
        credited:
          invoice.pre_payment_credit_notes_amount + invoice.post_payment_credit_notes_amount,
        ...periodOf(invoice),
        issuedAt: at(issued),
        paidAt: at(paid ?? issued),
      };
    });
}

/** That of what is sold on it. The invoice's own period is the one before, in which it was put together. */
function periodOf({ lines, period_start: start, period_end: end }: Stripe.Invoice) {
  const periods = lines.data.map(({ period }) => period);
  if (periods.length === 0) return { periodStart: at(start), periodEnd: at(end) };
  return {
    periodStart: at(Math.min(...periods.map((period) => period.start))),
    periodEnd: at(Math.max(...periods.map((period) => period.end))),
  };
}

/** Stripe counts in seconds. */
function at(seconds: number): Date {
  return new Date(seconds * 1000);
}
