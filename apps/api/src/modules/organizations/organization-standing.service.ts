import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { PrincipalCache } from '#core/tenancy/principal-cache.js';
import { GRACE_DAYS } from './organization-terms.js';
import { DeletionHasBegun } from './organizations.exceptions.js';
import { OrganizationsService } from './organizations.service.js';

const DAY = 24 * 3_600_000;

/**
 * Whether an organization may work. While it is suspended by the operator, or waits to be deleted, its programs are
 * refused and its people only read: the guard asks, and the database tells every process of a change.
 */
@Injectable()
export class OrganizationStanding {
  constructor(
    private readonly system: SystemDb,
    private readonly organizations: OrganizationsService,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly principals: PrincipalCache,
  ) {}

  /** Suspends the organization with this slug. Gives whether that is a change; null when there is none. */
  suspend(slug: string): Promise<boolean | null> {
    return this.#turn(slug, 'organization.suspended', this.clock.now());
  }

  /** Lets it work again. Gives whether that is a change; null when there is none. */
  resume(slug: string): Promise<boolean | null> {
    return this.#turn(slug, 'organization.resumed', null);
  }

  /**
   * Sets the day of an organization's deletion inside `tx`, begun for it and holding it. Gives the day, and whether it
   * is a new one.
   */
  async doom(
    tx: SystemTransaction,
    id: string,
    by: string | null,
  ): Promise<{ deleteAfter: Date; isNew: boolean }> {
    const { deleteAfter: before } = await this.#read(tx, id);
    if (before) return { deleteAfter: before, isNew: false };
    const deleteAfter = new Date(this.clock.now().getTime() + GRACE_DAYS * DAY);
    await tx.organization.updateMany({
      where: { id },
      data: { deleteAfter, deleteRequestedBy: by },
    });
    this.#tell('organization.deletion_scheduled', id, {
      deleteAfter: [null, deleteAfter.toISOString()],
    });
    return { deleteAfter, isNew: true };
  }

  /** Takes the deletion back. Gives whether there was one. Throws DeletionHasBegun. */
  async keep(tx: SystemTransaction, id: string): Promise<boolean> {
    const { deleteAfter } = await this.#read(tx, id);
    if (!deleteAfter) return false;
    if (deleteAfter <= this.clock.now()) throw new DeletionHasBegun();
    await tx.organization.updateMany({
      where: { id },
      data: { deleteAfter: null, deleteRequestedBy: null },
    });
    this.#tell('organization.deletion_cancelled', id, {
      deleteAfter: [deleteAfter.toISOString(), null],
    });
    return true;
  }

  /** What this process has cached of the organization's credentials is asked anew. After the commit. */
  changed(id: string): void {
    this.principals.forget(`organization:${id}`);
  }

  async #turn(slug: string, type: string, suspendedAt: Date | null): Promise<boolean | null> {
    const found = await this.system.client.organization.findFirst({
      where: { slug },
      select: { id: true },
    });
    if (!found) return null;
    const { id } = found;
    const isChange = await this.system.transactionIn(id, async (tx) => {
      await this.organizations.lock(tx, id);
      const { suspendedAt: before } = await this.#read(tx, id);
      if ((before === null) === (suspendedAt === null)) return false;
      await tx.organization.updateMany({ where: { id }, data: { suspendedAt } });
      const [old, now] = [before, suspendedAt].map((at) => at?.toISOString() ?? null);
      this.#tell(type, id, { suspendedAt: [old, now] });
      return true;
    });
    if (isChange) this.changed(id);
    return isChange;
  }

  #read(tx: SystemTransaction, id: string) {
    return tx.organization.findFirstOrThrow({
      where: { id },
      select: { suspendedAt: true, deleteAfter: true },
    });
  }

  #tell(type: string, id: string, changes: Record<string, [unknown, unknown]>): void {
    this.ledger.record({ type, subject: { type: 'organization', id }, data: {}, changes });
  }
}
