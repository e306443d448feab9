import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import { Clock } from '#core/context/clock.js';
import { newId } from '#core/context/ids.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { OrganizationsService } from '#modules/organizations/organizations.service.js';
import { ProfileMissing } from './billing.exceptions.js';
import type { InvoiceDto } from './dto/invoice.dto.js';
import type { PartyDto } from './dto/party.dto.js';
import { invoiceSelect, reckon, toInvoiceDto } from './invoices.view.js';
import { plusDays } from './periods.js';
import type { Charge } from './subscription-machine.js';

/** Days that an invoice may be paid in. */
const DAYS_TO_PAY = 14;

type Kind = InvoiceDto['kind'];

/** Writes invoices and credit notes, within the transaction of what they are for. */
@Injectable()
export class InvoiceIssuing {
  constructor(
    private readonly organizations: OrganizationsService,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** Throws {@link ProfileMissing} when nobody has said whom invoices are made out to. */
  async requireProfile(tx: SystemTransaction, organizationId: string): Promise<void> {
    const count = await tx.billingProfile.count({ where: { organizationId } });
    if (count === 0) throw new ProfileMissing();
  }

  /** Whom invoices are made out to: by its name alone when nobody has said more until the trial was over. */
  async #buyer(tx: SystemTransaction, organizationId: string): Promise<PartyDto> {
    const row = await tx.billingProfile.findFirst({ where: { organizationId } });
    if (!row) {
      const facts = await this.organizations.facts(tx, organizationId);
      return { lines: [facts?.name ?? organizationId], taxId: '' };
    }
    return { lines: [row.name, ...row.address.split('\n')], taxId: row.taxId };
  }

  /** Issues one for `charges`; null for nothing to pay. `planName` names plans by their id. */
  async issue(
    tx: SystemTransaction,
    organizationId: string,
    { charges, currency }: { charges: readonly Charge[]; currency: string },
    planName: (id: string) => string,
  ): Promise<InvoiceDto | null> {
    const { taxRate, taxName, seller, sellerTaxId } = this.config.settings.billing;
    const { lines, net, tax, total } = reckon(charges, planName, taxRate);
    if (total <= 0) return null;
    const now = this.clock.now();
    const id = newId();
    const dueAt = plusDays(now, DAYS_TO_PAY);
    const number = await this.#take(tx, 'invoice');
    const row = await tx.invoice.create({
      data: {
        ...{ organizationId, id, number, currency, taxName, taxRate, dueAt },
        ...{ kind: 'invoice', status: 'open', issuedAt: now, createdAt: now },
        ...{ net: BigInt(net), tax: BigInt(tax), total: BigInt(total) },
        lines: lines.map((line) => ({ ...line })),
        seller: { lines: seller, taxId: sellerTaxId },
        buyer: { ...(await this.#buyer(tx, organizationId)) },
      },
      select: invoiceSelect,
    });
    this.ledger.record({
      type: 'billing.invoice_issued',
      subject: { type: 'invoice', id },
      data: { number, total, currency, dueAt: dueAt.toISOString() },
    });
    return toInvoiceDto(row);
  }

  /** Takes an invoice back as a whole. */
  async credit(tx: SystemTransaction, organizationId: string, of: InvoiceDto): Promise<InvoiceDto> {
    const now = this.clock.now();
    const id = newId();
    const { currency, taxName, taxRate, seller, buyer } = of;
    const number = await this.#take(tx, 'credit_note');
    const row = await tx.invoice.create({
      data: {
        ...{ organizationId, id, number, currency, taxName, taxRate, creditsId: of.id },
        ...{ kind: 'credit_note', status: 'issued', issuedAt: now, dueAt: now, createdAt: now },
        ...{ net: BigInt(-of.net), tax: BigInt(-of.tax), total: BigInt(-of.total) },
        lines: of.lines.map((line) => ({ ...line, net: -line.net, tax: -line.tax })),
        seller: { ...seller },
        buyer: { ...buyer },
      },
      select: invoiceSelect,
    });
    this.ledger.record({
      type: 'billing.credit_note_issued',
      subject: { type: 'invoice', id },
      data: { number, total: -of.total, currency, invoiceId: of.id },
    });
    return toInvoiceDto(row);
  }

  /**
   * The next number of the seller. Its row is held until the end of the transaction: one that comes to nothing gives its
   * number back, so none is missing and none is there twice.
   */
  async #take(tx: SystemTransaction, kind: Kind): Promise<string> {
    const { invoicePrefix: prefix } = this.config.settings.billing;
    const [row] = await tx.$queryRaw<{ last: number }[]>`
      insert into invoice_series as s (prefix, kind, last_number) values (${prefix}, ${kind}, 1)
      on conflict (prefix, kind) do update set last_number = s.last_number + 1 returning last_number as last`;
    const letter = kind === 'credit_note' ? 'C' : '';
    return `${prefix}-${letter}${String(row!.last).padStart(6, '0')}`;
  }
}
