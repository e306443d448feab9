import type { InvoiceDto } from './dto/invoice.dto.js';
import type { InvoiceLineDto } from './dto/invoice-line.dto.js';
import type { PartyDto } from './dto/party.dto.js';
import { taxOn } from './money.js';
import type { Charge } from './subscription-machine.js';

export const invoiceSelect = {
  id: true,
  kind: true,
  number: true,
  status: true,
  currency: true,
  net: true,
  tax: true,
  total: true,
  taxName: true,
  taxRate: true,
  lines: true,
  seller: true,
  buyer: true,
  issuedAt: true,
  dueAt: true,
  paidAt: true,
  creditsId: true,
  createdAt: true,
} as const;

export interface InvoiceRow {
  id: string;
  kind: string;
  number: string;
  status: string;
  currency: string;
  net: bigint;
  tax: bigint;
  total: bigint;
  taxName: string;
  taxRate: number;
  lines: unknown;
  seller: unknown;
  buyer: unknown;
  issuedAt: Date;
  dueAt: Date;
  paidAt: Date | null;
  creditsId: string | null;
  createdAt: Date;
}

/** An invoice of our own, with whom it is from and to. */
export interface OwnInvoice extends InvoiceDto {
  seller: PartyDto;
  buyer: PartyDto;
}

export function toInvoiceDto({ createdAt: _, ...row }: InvoiceRow): OwnInvoice {
  return {
    ...row,
    billedBy: 'manual',
    kind: row.kind as InvoiceDto['kind'],
    status: row.status as InvoiceDto['status'],
    net: Number(row.net),
    tax: Number(row.tax),
    total: Number(row.total),
    lines: row.lines as InvoiceLineDto[],
    seller: row.seller as PartyDto,
    buyer: row.buyer as PartyDto,
    issuedAt: row.issuedAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    paidAt: row.paidAt?.toISOString() ?? null,
  };
}

/** Lines and sums of one bill. The tax is reckoned and rounded for each line, and added up. */
export function reckon(
  charges: readonly Charge[],
  planName: (id: string) => string,
  taxRate: number,
): { lines: InvoiceLineDto[]; net: number; tax: number; total: number } {
  const lines = charges.map((charge) => ({
    text: wordsOf(charge, planName(charge.planId)),
    seats: charge.seats,
    net: charge.amount,
    tax: taxOn(charge.amount, taxRate),
  }));
  const net = lines.reduce((sum, line) => sum + line.net, 0);
  const tax = lines.reduce((sum, line) => sum + line.tax, 0);
  return { lines, net, tax, total: net + tax };
}

const KIND_WORDS: Record<Charge['kind'], string> = {
  period: '',
  rest: 'change within the period, ',
  unused: 'not used of what was paid, ',
};

function wordsOf({ kind, interval, seats, from, to }: Charge, plan: string): string {
  const people = seats === 1 ? '1 seat' : `${seats} seats`;
  return `${plan} (by the ${interval}), ${people}, ${KIND_WORDS[kind]}${dayOf(from)} to ${dayOf(to)}`;
}

/** A day as invoices say it, in UTC. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
