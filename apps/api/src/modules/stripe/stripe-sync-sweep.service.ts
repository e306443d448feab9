import { Injectable } from '@nestjs/common';
import { Log } from '#core/logging/log.js';
import { Sweeps, type Sweep } from '#core/jobs/sweeps.js';
import { StripeApi } from './stripe-api.service.js';
import { StripeEvents } from './stripe-events.service.js';
import { StripeSync } from './stripe-sync.service.js';
import { StripeTurns, TurnLost, type Turn } from './stripe-turns.service.js';

const MINUTE = 60_000;
/** Customers that are asked about at the same time. */
const BATCH = 5;

/**
 * Asks Stripe about every customer whose time has come: because something was heard, or because a day is over since it was
 * asked last, so that nothing that was never heard is missed for longer.
 */
@Injectable()
@Sweeps({ name: 'stripe.customers', every: MINUTE, wokenBy: 'stripe' })
export class StripeSyncSweep implements Sweep {
  constructor(
    private readonly api: StripeApi,
    private readonly events: StripeEvents,
    private readonly turns: StripeTurns,
    private readonly sync: StripeSync,
    private readonly log: Log,
  ) {}

  async sweep(): Promise<boolean> {
    if (!this.api.isOn) return false;
    await this.events.takeUp();
    await this.events.forgetOld();
    const turns = await this.turns.takeDue(BATCH);
    await Promise.all(turns.map((turn) => this.#look(turn)));
    return turns.length === BATCH;
  }

  async #look(turn: Turn): Promise<void> {
    const { organizationId } = turn;
    try {
      await this.sync.refresh(turn);
    } catch (error) {
      if (error instanceof TurnLost) return;
      // One that cannot be read keeps no other from it.
      this.log.error('stripe.not_read', { organizationId, error: error as Error });
      await this.turns.failed(turn, (error as Error).name);
    } finally {
      await this.turns.giveBack(turn);
    }
  }
}
