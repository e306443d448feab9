import { etagOf } from '#core/context/version.js';
import type { Cursor } from '#core/database/page.js';
import type { CompanyDto } from './dto/company.dto.js';
import type { CustomerDto } from './dto/customer.dto.js';

/** What two people can change, as both views read it. */
export interface Versioned {
  version: number;
  fieldVersions: Record<string, number>;
}

/** A row of the statements of customers: times are text already. */
export interface CustomerRow extends Versioned {
  id: string;
  name: string;
  email: string;
  notes: string;
  fields: Record<string, unknown>;
  mergedIntoId: string | null;
  erasedAt: string | null;
  companyId: string | null;
  companyName: string | null;
  companyVersion: number | null;
  addresses: string[];
  ticketCount: number;
  createdAt: string;
  updatedAt: string;
}

/** A row of the statements of companies. */
export interface CompanyRow extends Versioned {
  id: string;
  name: string;
  notes: string;
  fields: Record<string, unknown>;
  domains: string[];
  customerCount: number;
  ticketCount: number;
  createdAt: string;
  updatedAt: string;
}

/** The customer as everybody sees them, and the tag of that. The company's name and the number of tickets are part of it. */
export function toCustomerDto(row: CustomerRow): CustomerDto {
  const { companyId, companyName } = row;
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    addresses: row.addresses,
    company: companyId === null ? null : { id: companyId, name: companyName! },
    notes: row.notes,
    fields: row.fields,
    mergedIntoId: row.mergedIntoId,
    erasedAt: row.erasedAt,
    ticketCount: row.ticketCount,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

/** The tag of the customer as {@link toCustomerDto} gives them. */
export function customerTag(row: CustomerRow): string {
  return etagOf(row.version, row.ticketCount, row.companyVersion ?? 0);
}

/** The company as everybody sees it. */
export function toCompanyDto(row: CompanyRow): CompanyDto {
  const { id, name, domains, notes, fields, customerCount, ticketCount, createdAt, updatedAt } =
    row;
  return { id, name, domains, notes, fields, customerCount, ticketCount, createdAt, updatedAt };
}

/** The tag of the company as {@link toCompanyDto} gives it. */
export function companyTag(row: CompanyRow): string {
  return etagOf(row.version, row.customerCount, row.ticketCount);
}

/** The place of a row in a list, the newest first. */
export function cursorOf({ createdAt, id }: { createdAt: string; id: string }): Cursor {
  return { key: createdAt, id };
}
