import { Injectable } from '@nestjs/common';
import { AdminDb } from '#core/database/admin-db.js';
import {
  COUNTED_AT_MOST,
  newestFirstCursor,
  newestFirstOfMany,
  newestOfAll,
  toPage,
  type Page,
  type PageRequest,
} from '#core/database/page.js';
import { InvoicePayments } from '#modules/billing/invoice-payments.service.js';
import { InvoiceElsewhere } from '#modules/billing/invoices.service.js';
import { StaffInvoiceNotFound } from './admin.exceptions.js';
import type { StaffInvoiceDto } from './dto/staff-invoice.dto.js';
import { KnownStaffWriter } from './known-staff.service.js';
import { StaffActs } from './staff-acts.service.js';
import {
  staffInvoiceSelect,
  staffProviderInvoiceSelect,
  toStaffInvoiceDto,
  type StaffInvoiceRow,
  type StaffProviderInvoiceRow,
} from './staff-invoices.view.js';
import { StaffOrganizations } from './staff-organizations.service.js';

/** What was billed to an organization, and what its seller does with it: in the organization's own log, and in the staff's. */
@Injectable()
export class StaffInvoices {
  constructor(
    private readonly db: AdminDb,
    private readonly organizations: StaffOrganizations,
    private readonly payments: InvoicePayments,
    private readonly known: KnownStaffWriter,
    private readonly acts: StaffActs,
  ) {}

  /** A page of them, the newest first. Throws StaffOrganizationNotFound. */
  async list(organizationId: string, page: PageRequest): Promise<Page<StaffInvoiceDto>> {
    await this.organizations.one(organizationId);
    const { where, ...rest } = newestFirstOfMany(page);
    const query = { ...rest, where: { organizationId, ...where } };
    const count = { where: { organizationId }, take: COUNTED_AT_MOST };
    const { invoice, providerInvoice } = this.db.client;
    const [own, theirs, ...counts] = await Promise.all([
      invoice.findMany({ ...query, select: staffInvoiceSelect }),
      providerInvoice.findMany({ ...query, select: staffProviderInvoiceSelect }),
      invoice.count(count),
      providerInvoice.count(count),
    ]);
    const rows = newestOfAll<StaffInvoiceRow | StaffProviderInvoiceRow>(page, own, theirs);
    return toPage(rows, page, counts[0] + counts[1], newestFirstCursor, toStaffInvoiceDto);
  }

  /** Marks it as paid. Quiet when it is. Throws StaffOrganizationNotFound, {@link StaffInvoiceNotFound}, InvoiceIsSettled, InvoiceElsewhere. */
  markPaid(organizationId: string, id: string, reason: string): Promise<StaffInvoiceDto> {
    return this.#settle('markPaid', { organizationId, id, reason });
  }

  /**
   * Takes it back by a credit note of the whole. Quiet when it was taken back. Throws StaffOrganizationNotFound,
   * {@link StaffInvoiceNotFound}, InvoiceIsSettled for a credit note.
   */
  credit(organizationId: string, id: string, reason: string): Promise<StaffInvoiceDto> {
    return this.#settle('credit', { organizationId, id, reason });
  }

  async #settle(
    way: 'markPaid' | 'credit',
    { organizationId, id, reason }: { organizationId: string; id: string; reason: string },
  ): Promise<StaffInvoiceDto> {
    await this.organizations.one(organizationId);
    const { number, total, currency } = await this.#one(organizationId, id);
    // Before the work, which has its own transaction: the organization's trail must know whose name to show.
    await this.db.transaction((tx) => this.known.show(tx, organizationId));
    const type = way === 'markPaid' ? 'billing.invoice_paid' : 'billing.invoice_credited';
    const data = { invoiceId: id, number, total, currency, reason };
    await this.payments[way]({ organizationId, id }, (tx) =>
      this.acts.record(tx, { type, organizationId, data }),
    );
    return this.#one(organizationId, id);
  }

  async #one(organizationId: string, id: string): Promise<StaffInvoiceDto> {
    const where = { organizationId, id };
    const { invoice, providerInvoice } = this.db.client;
    const row = await invoice.findFirst({ where, select: staffInvoiceSelect });
    if (row) return toStaffInvoiceDto(row);
    if ((await providerInvoice.count({ where })) > 0) throw new InvoiceElsewhere();
    throw new StaffInvoiceNotFound();
  }
}
