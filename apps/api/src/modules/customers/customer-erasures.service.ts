import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { requireOrganizationId } from '#core/context/context.js';
import { SystemDb } from '#core/database/system-db.js';
import { CustomerRecords } from './customer-records.service.js';
import { CustomerMerged, CustomerNotFound } from './customers.exceptions.js';
import type { ErasureDto } from './dto/erasure.dto.js';

/** How much was erased. */
type Erased = Pick<ErasureDto, 'tickets' | 'messages' | 'mails' | 'files' | 'events'>;

const NOTHING: Erased = { tickets: 0, messages: 0, mails: 0, files: 0, events: 0 };

/** Customers who are to be forgotten (GDPR, Article 17). */
@Injectable()
export class CustomerErasures {
  constructor(
    private readonly system: SystemDb,
    private readonly clock: Clock,
    private readonly records: CustomerRecords,
  ) {}

  /**
   * Erases what is personal of the customer and of whoever was merged into them, for good: rows, messages, mails, files, and
   * what the log says of them, whose chain holds. Quiet when they are erased already. Throws {@link CustomerNotFound},
   * {@link CustomerMerged}.
   */
  async erase(id: string): Promise<ErasureDto> {
    const organizationId = requireOrganizationId('an erasure');
    return this.system.transactionIn(organizationId, async (tx) => {
      const [row] = await tx.$queryRaw<{ mergedIntoId: string | null; erasedAt: Date | null }[]>`
        select merged_into_id as "mergedIntoId", erased_at as "erasedAt" from customer_to_erase(${id}::uuid)`;
      if (!row) throw new CustomerNotFound();
      if (row.mergedIntoId !== null) throw new CustomerMerged(row.mergedIntoId);
      if (row.erasedAt !== null)
        return { customerId: id, erasedAt: row.erasedAt.toISOString(), ...NOTHING };
      const now = this.clock.now();
      const [erased] = await tx.$queryRaw<Erased[]>`
        select * from customer_erase(${id}::uuid, ${now}::timestamptz)`;
      this.records.record('customer.erased', id, { ...erased! });
      return { customerId: id, erasedAt: now.toISOString(), ...erased! };
    });
  }
}
