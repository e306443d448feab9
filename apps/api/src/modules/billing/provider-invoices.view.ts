import type { InvoiceDto } from './dto/invoice.dto.js';
import type { Biller } from './subscription-machine.js';

export const providerInvoiceSelect = {
  id: true,
  billedBy: true,
  number: true,
  currency: true,
  net: true,
  tax: true,
  total: true,
  credited: true,
  issuedAt: true,
  paidAt: true,
  createdAt: true,
} as const;

export interface ProviderInvoiceRow {
  id: string;
  billedBy: string;
  number: string;
  currency: string;
  net: bigint;
  tax: bigint;
  total: bigint;
  credited: bigint;
  issuedAt: Date;
  paidAt: Date;
  createdAt: Date;
}

/** One that a provider made out, as far as it is known here: what is on it is on the provider's pages. */
export function toProviderInvoiceDto(row: ProviderInvoiceRow): InvoiceDto {
  const { id, billedBy, number, currency, net, tax, total, credited } = row;
  const isTakenBack = total > 0n && credited >= total;
  const issuedAt = row.issuedAt.toISOString();
  return {
    ...{ id, billedBy: billedBy as Biller, kind: 'invoice', number, currency },
    ...{ net: Number(net), tax: Number(tax), total: Number(total), taxName: '', taxRate: 0 },
    status: isTakenBack ? 'credited' : 'paid',
    ...{ lines: [], seller: null, buyer: null, issuedAt, dueAt: issuedAt, creditsId: null },
    paidAt: isTakenBack ? null : row.paidAt.toISOString(),
  };
}
