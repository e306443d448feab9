import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { SystemDb } from '#core/database/system-db.js';
import { Sweeps, type Sweep } from '#core/jobs/sweeps.js';
import { GONE_AFTER } from './presence-terms.js';

/**
 * Forgets people who closed the lid of their machine: nobody says so for them. Deleting the row tells whoever has the
 * same ticket open.
 */
@Injectable()
@Sweeps({ name: 'presence.expire', every: 15_000 })
export class PresenceExpiry implements Sweep {
  constructor(
    private readonly system: SystemDb,
    private readonly clock: Clock,
  ) {}

  async sweep(): Promise<boolean> {
    const before = new Date(this.clock.now().getTime() - GONE_AFTER);
    await this.system.client.ticketPresence.deleteMany({ where: { seenAt: { lte: before } } });
    return false;
  }
}
