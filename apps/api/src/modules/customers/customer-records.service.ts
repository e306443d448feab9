import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { newId } from '#core/context/ids.js';
import type { SeenVersion } from '#core/context/version.js';
import { toPage, type Page, type PageRequest } from '#core/database/page.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { Fields, mergedValues, type FieldValues } from '#modules/fields/fields.service.js';
import { CompanyNotFound } from './companies.exceptions.js';
import { companyToJoin } from './companies.sql.js';
import {
  AddressTaken,
  CustomerErased,
  CustomerMerged,
  CustomerNotFound,
} from './customers.exceptions.js';
import {
  customerById,
  customerList,
  customerToChange,
  ticketsFollowCompany,
  type CustomerFilter,
} from './customers.sql.js';
import { customerTag, cursorOf, toCustomerDto, type CustomerRow } from './customers.view.js';
import type { CustomerDto } from './dto/customer.dto.js';
import { changedFields, named, nextVersion } from './field-changes.js';

/** A customer with the tag of what is shown of them. */
export interface TaggedCustomer {
  customer: CustomerDto;
  etag: string;
}

export interface NewCustomer {
  email: string;
  name?: string;
  addresses?: string[];
  companyId?: string | null;
  notes?: string;
  fields?: Record<string, unknown>;
}

export interface CustomerChange {
  name?: string;
  companyId?: string | null;
  notes?: string;
  fields?: Record<string, unknown>;
}

const UNIQUE_VIOLATION = 'P2002';

/** Customers as their own pages show and change them. Addresses and merges are in files of their own. */
@Injectable()
export class CustomerRecords {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly fields: Fields,
  ) {}

  /** One page of the customers that `filter` lets through, the newest first, without those who were merged. */
  async list(filter: CustomerFilter, page: PageRequest): Promise<Page<CustomerDto>> {
    const { statement, values } = customerList(filter, page);
    const rows = await this.db.sql<CustomerRow & { counted: number }>(statement, values);
    // Past the end there is no row to carry the count: what was skipped is then all there is, at least.
    const counted = rows[0]?.counted ?? page.skip;
    return toPage(rows, page, counted, cursorOf, toCustomerDto);
  }

  /** One customer, also one who was merged into another. Throws {@link CustomerNotFound}. */
  async get(id: string): Promise<TaggedCustomer> {
    const [row] = await this.db.sql<CustomerRow>(customerById, [id]);
    if (!row) throw new CustomerNotFound();
    return tagged(row);
  }

  /**
   * Makes a customer. Throws {@link AddressTaken} with whose it is, {@link CompanyNotFound}, ValidationFailed for custom
   * fields.
   */
  async create(customer: NewCustomer): Promise<TaggedCustomer> {
    const email = customer.email.toLowerCase();
    const others = new Set((customer.addresses ?? []).map((address) => address.toLowerCase()));
    others.delete(email);
    const addresses = [email, ...others];
    try {
      return await this.db.transaction((tx) => this.#create(tx, customer, addresses));
    } catch (error) {
      if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
      // Somebody else was given one of them at this very moment.
      throw new AddressTaken(await this.#holderOf(addresses));
    }
  }

  /**
   * Changes what is given and leaves the rest. Throws {@link CustomerNotFound}, {@link CustomerMerged},
   * {@link CustomerErased}, {@link CompanyNotFound}, EditConflict when somebody changed the same since `seen`, ValidationFailed for custom fields.
   */
  async change(id: string, change: CustomerChange, seen: SeenVersion): Promise<TaggedCustomer> {
    return this.db.transaction(async (tx) => {
      // The company before its people, as everybody does.
      const joins = typeof change.companyId === 'string' ? change.companyId : null;
      const isThere = joins === null || (await this.#holdsCompany(tx, joins));
      const row = await this.held(tx, id);
      if (!isThere) throw new CompanyNotFound();
      const { fields: sent = {}, ...plain } = change;
      const fields = await this.fields.validate('customer', sent, tx);
      const before = { ...row, ...named(row.fields) };
      const after = { ...plain, ...named(fields) };
      const changed = changedFields(row, before, after, seen, customerTag(row));
      if (changed.length === 0) return tagged(row);
      if (changed.includes('companyId')) await tx.sql(ticketsFollowCompany, [id, joins]);
      await tx.requester.updateMany({
        where: { id },
        data: {
          ...plain,
          fields: mergedValues(row.fields as FieldValues, fields),
          ...nextVersion(row, changed),
          updatedAt: this.clock.now(),
        },
      });
      this.record('customer.changed', id, { fields: changed });
      return this.reread(tx, id);
    });
  }

  /**
   * The customer `id` inside `tx`, held against other changes. Throws {@link CustomerNotFound}, {@link CustomerMerged},
   * {@link CustomerErased}.
   */
  async held(tx: TenantTransaction, id: string): Promise<CustomerRow> {
    const [row] = await tx.sql<CustomerRow>(customerToChange, [id]);
    if (!row) throw new CustomerNotFound();
    if (row.mergedIntoId !== null) throw new CustomerMerged(row.mergedIntoId);
    if (row.erasedAt !== null) throw new CustomerErased();
    return row;
  }

  /** The customer `id` as they stand now, inside `tx`. */
  async reread(tx: TenantTransaction, id: string): Promise<TaggedCustomer> {
    const [row] = await tx.sql<CustomerRow>(customerById, [id]);
    return tagged(row!);
  }

  /** Records what happened to the customer `id`. Names ids and fields, never what stands in them. */
  record(type: string, id: string, data: Record<string, unknown>): void {
    this.ledger.record({ type, subject: { type: 'customer', id }, data });
  }

  async #create(
    tx: TenantTransaction,
    customer: NewCustomer,
    addresses: string[],
  ): Promise<TaggedCustomer> {
    const id = newId();
    const email = addresses[0]!;
    const fields = await this.fields.validate('customer', customer.fields ?? {}, tx);
    const { notes = '', companyId } = customer;
    if (companyId && !(await this.#holdsCompany(tx, companyId))) throw new CompanyNotFound();
    const company = companyId === undefined ? await this.#companyOf(tx, email) : companyId;
    const taken = await tx.requesterAddress.findFirst({
      where: { email: { in: addresses } },
      select: { requesterId: true },
    });
    if (taken) throw new AddressTaken(taken.requesterId);
    await tx.requester.createMany({
      data: [
        {
          id,
          email,
          name: customer.name ?? email.slice(0, email.lastIndexOf('@')).slice(0, 200),
          companyId: company,
          notes,
          fields: mergedValues({}, fields),
          createdAt: this.clock.now(),
          updatedAt: this.clock.now(),
        },
      ],
    });
    await tx.requesterAddress.createMany({
      data: addresses.slice(1).map((address) => ({ email: address, requesterId: id })),
    });
    this.record('customer.created', id, { companyId: company });
    return this.reread(tx, id);
  }

  async #holdsCompany(tx: TenantTransaction, id: string): Promise<boolean> {
    return (await tx.sql(companyToJoin, [id])).length > 0;
  }

  async #companyOf(tx: TenantTransaction, email: string): Promise<string | null> {
    const found = await tx.companyDomain.findFirst({
      where: { domain: email.slice(email.lastIndexOf('@') + 1) },
      select: { companyId: true },
    });
    return found?.companyId ?? null;
  }

  async #holderOf(addresses: string[]): Promise<string | null> {
    const found = await this.db.client.requesterAddress.findFirst({
      where: { email: { in: addresses } },
      select: { requesterId: true },
    });
    return found?.requesterId ?? null;
  }
}

function tagged(row: CustomerRow): TaggedCustomer {
  return { customer: toCustomerDto(row), etag: customerTag(row) };
}
