import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { runInContext } from '#core/context/context.js';
import { SystemDb } from '#core/database/system-db.js';
import { Sweeps, type Sweep } from '#core/jobs/sweeps.js';
import { Log } from '#core/logging/log.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { TicketChanges, type ChangingTicket } from './ticket-changes.service.js';
import { ticketToChange } from './tickets.sql.js';
import { iso } from './tickets.view.js';

/** Tickets that one look wakes. */
const BATCH = 200;

/** Brings tickets back into sight when their time has come. */
@Injectable()
@Sweeps({ name: 'tickets.wake', every: 15_000 })
export class TicketSnooze implements Sweep {
  constructor(
    private readonly system: SystemDb,
    private readonly db: TenantDb,
    private readonly changes: TicketChanges,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Wakes what is due in every organization. One that cannot be woken keeps no other from it. */
  async sweep(): Promise<boolean> {
    const due = await this.system.client.ticket.findMany({
      where: { snoozedUntil: { lte: this.clock.now() } },
      orderBy: { snoozedUntil: 'asc' },
      take: BATCH,
      select: { organizationId: true, id: true },
    });
    let woken = 0;
    for (const { organizationId, id } of due) {
      await runInContext({ requestId: 'wake', organizationId }, () => this.#wake(id)).then(
        () => (woken += 1),
        (error: unknown) => this.log.error('ticket.not_woken', { ticketId: id, error }),
      );
    }
    return due.length === BATCH && woken > 0;
  }

  /** Several workers look at once, and somebody may have put it off again: only what is still due, with the ticket held. */
  async #wake(id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const [ticket] = await tx.sql<ChangingTicket>(ticketToChange, [id]);
      const until = ticket?.snoozedUntil ?? null;
      if (until === null || Date.parse(iso(until)) > this.clock.now().getTime()) return;
      await this.changes.apply(tx, id, { snoozedUntil: null });
    });
  }
}
