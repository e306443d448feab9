import { Injectable } from '@nestjs/common';
import { SystemDb } from '#core/database/system-db.js';

const PAGE = 500;

/** Invoices of organizations that were erased: the seller's books are kept longer than whom they were written to. */
@Injectable()
export class KeptInvoices {
  constructor(private readonly system: SystemDb) {}

  /** All of them as lines of JSON, those that were issued first come first; amounts in the smallest unit. */
  async *lines(): AsyncGenerator<string> {
    const orderBy = [{ issuedAt: 'asc' as const }, { number: 'asc' as const }];
    for (let skip = 0; ; skip += PAGE) {
      const rows = await this.system.client.keptInvoice.findMany({ orderBy, skip, take: PAGE });
      for (const { net, tax, total, ...row } of rows)
        yield JSON.stringify({
          ...row,
          net: Number(net),
          tax: Number(tax),
          total: Number(total),
        });
      if (rows.length < PAGE) return;
    }
  }
}
