import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { SystemDb } from '#core/database/system-db.js';
import { Sweeps, type Sweep } from '#core/jobs/sweeps.js';

const HOUR = 3_600_000;
/** Milliseconds that a session's row is kept past its end. */
const KEPT_FOR = 30 * 24 * HOUR;

/** Forgets the sessions that have long ended; what is to be known of them is in the logs. */
@Injectable()
@Sweeps({ name: 'auth.ended_sessions', every: HOUR })
export class EndedSessions implements Sweep {
  constructor(
    private readonly system: SystemDb,
    private readonly clock: Clock,
  ) {}

  async sweep(): Promise<boolean> {
    const before = { lt: new Date(this.clock.now().getTime() - KEPT_FOR) };
    await this.system.client.session.deleteMany({
      where: { OR: [{ expiresAt: before }, { revokedAt: before }, { endsAt: before }] },
    });
    return false;
  }
}
