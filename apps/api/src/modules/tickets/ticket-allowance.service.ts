import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { Entitlements } from '#core/tenancy/entitlements.js';
import { LimitReached } from '#core/tenancy/entitlements.exceptions.js';
import { countAlone } from '#core/tenancy/limit-lock.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import { ticketsSince } from './tickets.sql.js';

/** How many tickets the plan of the organization lets people and programs open in a month. What comes by mail counts, and is never refused. */
@Injectable()
export class TicketAllowance {
  constructor(
    private readonly entitlements: Entitlements,
    private readonly clock: Clock,
  ) {}

  /** Whether there is a bound at all. */
  async isBounded(): Promise<boolean> {
    return (await this.entitlements.own()).ticketsAMonth !== null;
  }

  /**
   * Asked inside the `tx` that opens one more: until its end nobody else of the organization counts. Throws
   * {@link LimitReached}.
   */
  async require(tx: TenantTransaction): Promise<void> {
    await countAlone(tx, 'tickets a month');
    // As it stands now: the plan may have changed while we waited.
    const most = (await this.entitlements.ownWithin(tx)).ticketsAMonth;
    if (most === null) return;
    const [row] = await tx.sql<{ used: number }>(ticketsSince, [monthOf(this.clock.now())]);
    if (row!.used >= most) throw new LimitReached('ticketsAMonth', most, row!.used);
  }
}

/** When the month of `now` began, in UTC: one time for everybody, and none that a time zone could move. */
function monthOf(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
}
