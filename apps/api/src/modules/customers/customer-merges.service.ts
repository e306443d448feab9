import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { FieldValues } from '#modules/fields/fields.service.js';
import { companyToJoin } from './companies.sql.js';
import { CustomerRecords, type TaggedCustomer } from './customer-records.service.js';
import { LONGEST_NOTES, MOST_ADDRESSES } from './customer-terms.js';
import { SameCustomer, TooManyAddresses } from './customers.exceptions.js';
import { customersToMerge, moveTickets } from './customers.sql.js';
import type { CustomerRow } from './customers.view.js';
import { named, nextVersion } from './field-changes.js';

/** Two customers who turned out to be one. */
@Injectable()
export class CustomerMerges {
  constructor(
    private readonly db: TenantDb,
    private readonly clock: Clock,
    private readonly records: CustomerRecords,
  ) {}

  /**
   * Merges `otherId` into `id`: addresses and tickets move, notes are joined, and of company and custom fields comes what
   * `id` lacks. What the other one wrote stays under the name that they had. Throws {@link SameCustomer},
   * CustomerNotFound, CustomerMerged when one of the two was merged already (so there is never a circle),
   * {@link TooManyAddresses}.
   */
  async merge(id: string, otherId: string): Promise<TaggedCustomer> {
    if (id === otherId) throw new SameCustomer();
    return this.db.transaction(async (tx) => {
      await this.#holdCompanies(tx, [id, otherId]);
      await tx.sql(customersToMerge, [[id, otherId]]);
      const into = await this.records.held(tx, id);
      const other = await this.records.held(tx, otherId);
      if (into.addresses.length + other.addresses.length > MOST_ADDRESSES)
        throw new TooManyAddresses(MOST_ADDRESSES);
      await tx.requesterAddress.updateMany({
        where: { requesterId: otherId },
        data: { requesterId: id },
      });
      const tickets = await this.#moveTickets(tx, into, other);
      await this.#end(tx, other, id);
      await this.#join(tx, into, other);
      this.records.record('customer.merged', id, {
        customerId: otherId,
        tickets,
        addresses: other.addresses.length,
      });
      return this.records.reread(tx, id);
    });
  }

  /** The companies before their people, as everybody does: tickets and people are moved between them. */
  async #holdCompanies(tx: TenantTransaction, ids: string[]): Promise<void> {
    const where = { id: { in: ids }, companyId: { not: null } };
    const rows = await tx.requester.findMany({ where, select: { companyId: true } });
    const companies = new Set(rows.map(({ companyId }) => companyId!));
    for (const companyId of [...companies].toSorted()) await tx.sql(companyToJoin, [companyId]);
  }

  async #moveTickets(
    tx: TenantTransaction,
    into: CustomerRow,
    other: CustomerRow,
  ): Promise<number> {
    const company = into.companyId ?? other.companyId;
    const values = [other.id, into.id, into.email, into.name, company];
    const [moved] = await tx.sql<{ count: number }>(moveTickets, values);
    return moved!.count;
  }

  /** The one who is gone keeps their row, which messages name, and no address: those are of the one who stands. */
  async #end(tx: TenantTransaction, other: CustomerRow, intoId: string): Promise<void> {
    await tx.requester.updateMany({
      where: { id: other.id },
      data: {
        email: `${other.id}@merged.invalid`,
        companyId: null,
        mergedIntoId: intoId,
        ...nextVersion(other, ['email', 'addresses', 'companyId', 'mergedIntoId']),
        updatedAt: this.clock.now(),
      },
    });
  }

  async #join(tx: TenantTransaction, into: CustomerRow, other: CustomerRow): Promise<void> {
    const notes = [into.notes, other.notes].filter((text) => text !== '').join('\n\n');
    const gained = Object.keys(other.fields).filter((key) => !(key in into.fields));
    const changed = [
      'addresses',
      ...(notes === into.notes ? [] : ['notes']),
      ...(into.companyId === null && other.companyId !== null ? ['companyId'] : []),
      ...Object.keys(named(Object.fromEntries(gained.map((key) => [key, true])))),
    ];
    await tx.requester.updateMany({
      where: { id: into.id },
      data: {
        notes: notes.slice(0, LONGEST_NOTES),
        companyId: into.companyId ?? other.companyId,
        fields: { ...(other.fields as FieldValues), ...(into.fields as FieldValues) },
        ...nextVersion(into, changed),
        updatedAt: this.clock.now(),
      },
    });
  }
}
