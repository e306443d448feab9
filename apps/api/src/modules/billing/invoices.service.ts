import { Injectable } from '@nestjs/common';
import {
  COUNTED_AT_MOST,
  newestFirstCursor,
  newestFirstOfMany,
  newestOfAll,
  toPage,
  type Page,
  type PageRequest,
} from '#core/database/page.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { InvoiceElsewhere, InvoiceNotFound } from './billing.exceptions.js';
import type { InvoiceDto } from './dto/invoice.dto.js';
import { invoicePdf } from './invoice-pdf.js';
import { invoiceSelect, toInvoiceDto, type InvoiceRow, type OwnInvoice } from './invoices.view.js';
import {
  providerInvoiceSelect,
  toProviderInvoiceDto,
  type ProviderInvoiceRow,
} from './provider-invoices.view.js';
import { AppConfig } from '#core/config/config.module.js';

export { InvoiceElsewhere };

/** The invoices of the organization in context, and the credit notes that took some of them back; and what a provider was paid. */
@Injectable()
export class Invoices {
  constructor(
    private readonly db: TenantDb,
    private readonly config: AppConfig,
  ) {}

  /** The newest first. */
  async list(page: PageRequest): Promise<Page<InvoiceDto>> {
    const { invoice, providerInvoice } = this.db.client;
    const query = newestFirstOfMany(page);
    const [own, theirs, ...counts] = await Promise.all([
      invoice.findMany({ ...query, select: invoiceSelect }),
      providerInvoice.findMany({ ...query, select: providerInvoiceSelect }),
      invoice.count({ take: COUNTED_AT_MOST }),
      providerInvoice.count({ take: COUNTED_AT_MOST }),
    ]);
    const rows = newestOfAll<InvoiceRow | ProviderInvoiceRow>(page, own, theirs);
    return toPage(rows, page, counts[0] + counts[1], newestFirstCursor, toDto);
  }

  /** Throws {@link InvoiceNotFound}. */
  async get(id: string): Promise<InvoiceDto> {
    return (await this.#own(id)) ?? (await this.#theirs(id));
  }

  /** One on paper: the same bytes each time. Throws {@link InvoiceNotFound}, {@link InvoiceElsewhere}. */
  async paper(id: string): Promise<{ name: string; bytes: Buffer }> {
    const invoice = await this.#own(id);
    if (!invoice) {
      await this.#theirs(id);
      throw new InvoiceElsewhere();
    }
    const credits = invoice.creditsId === null ? null : await this.get(invoice.creditsId);
    const { paymentTerms } = this.config.settings.billing;
    const bytes = await invoicePdf(invoice, credits?.number ?? null, paymentTerms);
    return { name: `${invoice.number}.pdf`, bytes };
  }

  async #own(id: string): Promise<OwnInvoice | null> {
    const row = await this.db.client.invoice.findFirst({ where: { id }, select: invoiceSelect });
    return row && toInvoiceDto(row);
  }

  async #theirs(id: string): Promise<InvoiceDto> {
    const { providerInvoice } = this.db.client;
    const row = await providerInvoice.findFirst({ where: { id }, select: providerInvoiceSelect });
    if (!row) throw new InvoiceNotFound();
    return toProviderInvoiceDto(row);
  }
}

function toDto(row: InvoiceRow | ProviderInvoiceRow): InvoiceDto {
  return 'billedBy' in row ? toProviderInvoiceDto(row) : toInvoiceDto(row);
}
