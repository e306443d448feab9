import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { Clock } from '#core/context/clock.js';
import { SystemDb } from '#core/database/system-db.js';
import { Log } from '#core/logging/log.js';
import { StripeApi } from './stripe-api.service.js';
import { forgetEvents, forgetRequests, hearEvent, takeUpParked } from './stripe-events.sql.js';

/** Milliseconds that events and keys are kept: far longer than Stripe sends one again, or knows the other. */
const KEPT = 60 * 86_400_000;

/**
 * The events of Stripe. Nothing that one says is believed but whom it is about: it may be old, late, or the third of the
 * same. Its customer is asked about, and what Stripe answers then is what holds.
 */
@Injectable()
export class StripeEvents {
  constructor(
    private readonly system: SystemDb,
    private readonly api: StripeApi,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /**
   * Takes an event in, exactly as it came. One of somebody whom nobody knows yet is parked. Quiet for one that was taken
   * in before. Throws StripeIsOff, EventNotSigned.
   */
  async take(body: Uint8Array, signature: string): Promise<void> {
    const event = this.api.eventOf(body, signature);
    const { id, type } = event;
    const customerId = customerOf(event);
    const reason = !this.api.isOurs(event)
      ? 'of another account, or of the other kind of money'
      : customerId === null
        ? 'about no customer'
        : '';
    if (reason !== '' && customerId !== null) this.log.warn('stripe.event_ignored', { id, reason });
    await this.system.sql(hearEvent, [id, type, customerId, reason, this.clock.now()]);
  }

  /** Takes up the events that were parked and whose customer is known by now. */
  async takeUp(): Promise<void> {
    await this.system.sql(takeUpParked, [this.clock.now()]);
  }

  /** Forgets what came so long ago that it does not come again, and what was asked so long ago that its key is of no use. */
  async forgetOld(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEPT);
    await this.system.sql(forgetEvents, [before]);
    await this.system.sql(forgetRequests, [before]);
  }
}

function customerOf(event: Stripe.Event): string | null {
  const about = event.data?.object as { object?: string; id?: string; customer?: unknown };
  const customer = about?.object === 'customer' ? about.id : about?.customer;
  const id = typeof customer === 'string' ? customer : (customer as { id?: string } | null)?.id;
  return id !== undefined && id.length <= 110 ? id : null;
}
