import { Injectable } from '@nestjs/common';
import { newId } from '#core/context/ids.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import { CustomerErased, CustomerIsBusy, CustomerNotFound } from './customers.exceptions.js';
import { findOrMakeCustomer, standingCustomer } from './customers.sql.js';

/** What others need to know of a customer. */
export interface KnownCustomer {
  id: string;
  /** The main address. */
  email: string;
  name: string;
  companyId: string | null;
}

/** Times that a look-up is tried again when another transaction got in between. */
const TRIES = 5;

/** Customers as other rooms need them: found by an address, or by an id that may be of one who was merged. */
@Injectable()
export class CustomersService {
  /**
   * The customer who has the address `from.email`, made on first sight, inside `tx`. Until its end nobody merges them
   * away. A name is kept from the first sight. Throws {@link CustomerIsBusy} when they change under every try.
   */
  async findOrMake(
    tx: TenantTransaction,
    from: { email: string; name?: string },
  ): Promise<KnownCustomer> {
    const email = from.email.toLowerCase();
    const name = (from.name?.trim() || email.slice(0, email.lastIndexOf('@'))).slice(0, 200);
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const [found] = await tx.sql<KnownCustomer>(findOrMakeCustomer, [email, newId(), name]);
      if (found) return found;
    }
    throw new CustomerIsBusy();
  }

  /**
   * The customer `id`, or who they were merged into, inside `tx`. Until its end nobody merges them away or erases
   * them. Throws {@link CustomerNotFound}, {@link CustomerErased}.
   */
  async standing(tx: TenantTransaction, id: string): Promise<KnownCustomer> {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const [found] = await tx.sql<KnownCustomer>(standingCustomer, [id]);
      if (found) return found;
      const known = await tx.requester.findFirst({ where: { id }, select: { erasedAt: true } });
      if (!known) throw new CustomerNotFound();
      if (known.erasedAt !== null) throw new CustomerErased();
    }
    throw new CustomerIsBusy();
  }
}
