import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { CustomerRecords, type TaggedCustomer } from './customer-records.service.js';
import { MOST_ADDRESSES } from './customer-terms.js';
import {
  AddressIsMain,
  AddressNotFound,
  AddressTaken,
  TooManyAddresses,
} from './customers.exceptions.js';
import type { CustomerRow } from './customers.view.js';
import { nextVersion } from './field-changes.js';

/** The addresses by which a customer is known. One of them is the main one: replies go there. */
@Injectable()
export class CustomerAddresses {
  constructor(
    private readonly db: TenantDb,
    private readonly clock: Clock,
    private readonly records: CustomerRecords,
  ) {}

  /**
   * Gives the customer one more address; quiet when they have it. Throws CustomerNotFound, CustomerMerged,
   * {@link AddressTaken} with whose it is, {@link TooManyAddresses}.
   */
  async add(id: string, address: string): Promise<TaggedCustomer> {
    const email = address.toLowerCase();
    return this.#change(id, async (tx, row) => {
      if (row.addresses.includes(email)) return {};
      if (row.addresses.length >= MOST_ADDRESSES) throw new TooManyAddresses(MOST_ADDRESSES);
      // Waits for whoever is taking the same address at this moment.
      const { count } = await tx.requesterAddress.createMany({
        data: [{ email, requesterId: id }],
        skipDuplicates: true,
      });
      if (count === 0) throw new AddressTaken(await holderOf(tx, email));
      return { addresses: true };
    });
  }

  /** Takes an address away. Throws CustomerNotFound, CustomerMerged, {@link AddressNotFound}, {@link AddressIsMain}. */
  async remove(id: string, address: string): Promise<TaggedCustomer> {
    const email = address.toLowerCase();
    return this.#change(id, async (tx, row) => {
      if (!row.addresses.includes(email)) throw new AddressNotFound();
      if (row.email === email) throw new AddressIsMain();
      await tx.requesterAddress.deleteMany({ where: { email, requesterId: id } });
      return { addresses: true };
    });
  }

  /**
   * Makes one of the customer's addresses the main one; quiet when it is. Their tickets show it from then on. Throws
   * CustomerNotFound, CustomerMerged, {@link AddressNotFound}.
   */
  async makeMain(id: string, address: string): Promise<TaggedCustomer> {
    const email = address.toLowerCase();
    return this.#change(id, async (_, row) => {
      if (!row.addresses.includes(email)) throw new AddressNotFound();
      return row.email === email ? {} : { email };
    });
  }

  /** Holds the customer, lets `work` say what becomes of them (nothing, when it names nothing), and writes that down. */
  async #change(
    id: string,
    work: (
      tx: TenantTransaction,
      row: CustomerRow,
    ) => Promise<{ addresses?: true; email?: string }>,
  ): Promise<TaggedCustomer> {
    return this.db.transaction(async (tx) => {
      const row = await this.records.held(tx, id);
      const { addresses, email } = await work(tx, row);
      const changed = [...(addresses ? ['addresses'] : []), ...(email ? ['email'] : [])];
      if (changed.length > 0) {
        await tx.requester.updateMany({
          where: { id },
          data: {
            ...(email === undefined ? {} : { email }),
            ...nextVersion(row, changed),
            updatedAt: this.clock.now(),
          },
        });
        this.records.record('customer.changed', id, { fields: changed });
      }
      return this.records.reread(tx, id);
    });
  }
}

async function holderOf(tx: TenantTransaction, email: string): Promise<string | null> {
  const found = await tx.requesterAddress.findFirst({
    where: { email },
    select: { requesterId: true },
  });
  return found?.requesterId ?? null;
}
