import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { Entitlements } from '#core/tenancy/entitlements.js';
import { OrganizationsService } from '#modules/organizations/organizations.service.js';
import type { Beside } from './beside.js';
import { InvoiceIsSettled, InvoiceNotFound } from './billing.exceptions.js';
import type { InvoiceDto } from './dto/invoice.dto.js';
import { InvoiceIssuing } from './invoice-issuing.service.js';
import { invoiceSelect, toInvoiceDto } from './invoices.view.js';
import { SubscriptionStore } from './subscription-store.service.js';

/** An invoice by its number, or by the organization that it was written to and its id there. */
type WhichInvoice = string | { organizationId: string; id: string };

/** What the seller does with invoices: the organizations themselves cannot. */
@Injectable()
export class InvoicePayments {
  constructor(
    private readonly system: SystemDb,
    private readonly store: SubscriptionStore,
    private readonly issuing: InvoiceIssuing,
    private readonly organizations: OrganizationsService,
    private readonly entitlements: Entitlements,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /**
   * Marks an invoice as paid, and writes `beside` with it. Gives whether that is a change. Who has paid all of it has
   * everything back in the same moment. Throws {@link InvoiceNotFound}, {@link InvoiceIsSettled}.
   */
  markPaid(which: WhichInvoice, beside?: Beside): Promise<boolean> {
    return this.#settle(which, beside, async (tx, organizationId, invoice) => {
      if (invoice.status === 'paid') return false;
      const { id, number, total, currency } = invoice;
      if (invoice.status !== 'open') throw new InvoiceIsSettled(number);
      const where = { organizationId, id };
      await tx.invoice.updateMany({ where, data: { status: 'paid', paidAt: this.clock.now() } });
      this.ledger.record({
        type: 'billing.invoice_paid',
        subject: { type: 'invoice', id },
        data: { number, total, currency },
      });
      return true;
    });
  }

  /**
   * Takes an invoice back by a credit note of the whole, paid or not: nothing of it is owed any more. Quiet when it was
   * taken back. Writes `beside` with it. Gives whether that is a change. Throws {@link InvoiceNotFound},
   * {@link InvoiceIsSettled} for a credit note.
   */
  credit(which: WhichInvoice, beside?: Beside): Promise<boolean> {
    return this.#settle(which, beside, async (tx, organizationId, invoice) => {
      if (invoice.status === 'credited') return false;
      if (invoice.kind === 'credit_note') throw new InvoiceIsSettled(invoice.number);
      await this.issuing.credit(tx, organizationId, invoice);
      const where = { organizationId, id: invoice.id };
      await tx.invoice.updateMany({ where, data: { status: 'credited', paidAt: null } });
      return true;
    });
  }

  async #settle(
    which: WhichInvoice,
    beside: Beside | undefined,
    settle: (
      tx: SystemTransaction,
      organizationId: string,
      invoice: InvoiceDto,
    ) => Promise<boolean>,
  ): Promise<boolean> {
    const place = await this.system.client.invoice.findFirst({
      where: typeof which === 'string' ? { number: which } : which,
      select: { organizationId: true, id: true },
    });
    if (!place) throw new InvoiceNotFound();
    const { organizationId } = place;
    const isChange = await this.system.transactionIn(organizationId, async (tx) => {
      await this.organizations.lock(tx, organizationId);
      const row = await tx.invoice.findFirstOrThrow({ where: place, select: invoiceSelect });
      if (!(await settle(tx, organizationId, toInvoiceDto(row)))) return false;
      await beside?.(tx);
      const before = await this.store.find(tx, organizationId);
      if (before?.billedBy === 'manual')
        // What was owed is asked anew first: who pays late is not halted for it by this very look.
        await this.store.save(tx, organizationId, before, { subscription: before, bills: [] });
      return true;
    });
    this.entitlements.forget(organizationId);
    return isChange;
  }
}
