import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import { UsersService } from '#modules/users/users.service.js';
import { letGo } from './tickets.sql.js';

/** Tickets that one transaction lets go of: the log is held while their events are appended. */
const BATCH = 200;

/** Takes the open tickets from people who may not work on them any more. */
@Injectable()
export class TicketRelease {
  constructor(
    private readonly db: TenantDb,
    private readonly users: UsersService,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /**
   * Leaves every open ticket of the person to nobody, in batches. Quiet when there is none, and for somebody who was
   * let in again meanwhile. Closed tickets go on saying who had them.
   */
  async releaseOf(userId: string): Promise<void> {
    const { status } = await this.users.get(userId);
    if (status === 'active') return;
    while ((await this.db.transaction((tx) => this.#releaseSome(tx, userId))) === BATCH);
  }

  async #releaseSome(tx: TenantTransaction, userId: string): Promise<number> {
    await tx.sql(letGo, [userId]);
    const mine = { assigneeId: userId, status: { not: 'closed' } };
    const found = await tx.ticket.findMany({
      where: mine,
      orderBy: { id: 'asc' },
      take: BATCH,
      select: { id: true, updatedAt: true },
    });
    if (found.length === 0) return 0;
    const released = await tx.ticket.updateManyAndReturn({
      where: { ...mine, id: { in: found.map(({ id }) => id) } },
      data: { assigneeId: null, assigneeName: null, updatedAt: this.#after(found) },
      select: { id: true, number: true },
    });
    for (const { id, number } of released.toSorted((a, b) => a.number - b.number)) {
      this.ledger.record({
        type: 'ticket.unassigned',
        subject: { type: 'ticket', id },
        data: { number },
        changes: { assigneeId: [userId, null] },
      });
    }
    return found.length;
  }

  /** Now, but later than the last change of each: two changes in one millisecond must not look like none. */
  #after(tickets: { updatedAt: Date }[]): Date {
    const last = Math.max(...tickets.map(({ updatedAt }) => updatedAt.getTime()));
    return new Date(Math.max(this.clock.now().getTime(), last + 1));
  }
}
