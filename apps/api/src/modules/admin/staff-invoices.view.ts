import type { StaffInvoiceDto } from './dto/staff-invoice.dto.js';

const SHARED = {
  id: true,
  number: true,
  currency: true,
  net: true,
  tax: true,
  total: true,
  issuedAt: true,
  paidAt: true,
  createdAt: true,
} as const;

/** What of an invoice the staff are shown: each column is one that their role may read. */
export const staffInvoiceSelect = {
  ...SHARED,
  kind: true,
  status: true,
  dueAt: true,
  creditsId: true,
} as const;
export const staffProviderInvoiceSelect = { ...SHARED, billedBy: true, credited: true } as const;

interface SharedRow {
  id: string;
  number: string;
  currency: string;
  net: bigint;
  tax: bigint;
  total: bigint;
  issuedAt: Date;
  createdAt: Date;
}

export interface StaffInvoiceRow extends SharedRow {
  kind: string;
  status: string;
  dueAt: Date;
  paidAt: Date | null;
  creditsId: string | null;
}

/** One that a provider made out, and was paid. */
export interface StaffProviderInvoiceRow extends SharedRow {
  billedBy: string;
  credited: bigint;
  paidAt: Date;
}

export function toStaffInvoiceDto(row: StaffInvoiceRow | StaffProviderInvoiceRow): StaffInvoiceDto {
  const { id, number, currency } = row;
  return {
    ...{ id, number, currency },
    ...('billedBy' in row ? ofProvider(row) : ofOurs(row)),
    net: Number(row.net),
    tax: Number(row.tax),
    total: Number(row.total),
    issuedAt: row.issuedAt.toISOString(),
  };
}

function ofOurs({ kind, status, dueAt, paidAt, creditsId }: StaffInvoiceRow) {
  return {
    ...{ billedBy: 'manual', kind, status, creditsId },
    dueAt: dueAt.toISOString(),
    paidAt: paidAt?.toISOString() ?? null,
  };
}

function ofProvider({ billedBy, total, credited, issuedAt, paidAt }: StaffProviderInvoiceRow) {
  const isTakenBack = total > 0n && credited >= total;
  return {
    ...{ billedBy, kind: 'invoice', status: isTakenBack ? 'credited' : 'paid', creditsId: null },
    dueAt: issuedAt.toISOString(),
    paidAt: isTakenBack ? null : paidAt.toISOString(),
  };
}
