import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { Clock } from '#core/context/clock.js';
import { newId } from '#core/context/ids.js';
import { SystemDb } from '#core/database/system-db.js';
import { isAnswered, StripeApi } from './stripe-api.service.js';

/** Milliseconds that Stripe remembers a key for, with an hour to spare. */
const KEY_LIVES = 23 * 3_600_000;

/** A change that Stripe is asked for. */
interface Asked<T> {
  /** What it is for: one of these is under way at a time. */
  purpose: string;
  /** What is asked, of which the key is made. Nothing of the moment: asked again it is the same. */
  params: unknown;
  call: (client: Stripe, options: { idempotencyKey: string }) => Promise<T>;
}

/**
 * Every change that Stripe is asked for, with a key that is kept before it is sent. Who hears no answer asks again with
 * the same key; who heard one, also of a fault, has looked at what is there before asking with another.
 */
@Injectable()
export class StripeRequests {
  constructor(
    private readonly system: SystemDb,
    private readonly api: StripeApi,
    private readonly clock: Clock,
  ) {}

  /** Throws what {@link StripeApi.ask} does. */
  async send<T>(organizationId: string, { purpose, params, call }: Asked<T>): Promise<T> {
    const fingerprint = sha256(JSON.stringify(params));
    const { id, idempotencyKey } = await this.#keep(organizationId, purpose, fingerprint);
    const where = { organizationId, id };
    const answered = (outcome: string): Promise<unknown> =>
      this.system.client.stripeRequest.updateMany({
        where,
        data: { answeredAt: this.clock.now(), outcome },
      });
    try {
      const answer = await this.api.ask((client) => call(client, { idempotencyKey }));
      await answered('done');
      return answer;
    } catch (error) {
      if (isAnswered(error)) await answered((error as Error).name);
      throw error;
    }
  }

  /** Sends it unless the last that was done for this purpose was the same. Gives whether it was sent. */
  async sendChanged<T>(organizationId: string, asked: Asked<T>): Promise<boolean> {
    const last = await this.system.client.stripeRequest.findFirst({
      where: { organizationId, purpose: asked.purpose, outcome: 'done' },
      orderBy: { createdAt: 'desc' },
      select: { fingerprint: true },
    });
    if (last?.fingerprint === sha256(JSON.stringify(asked.params))) return false;
    await this.send(organizationId, asked);
    return true;
  }

  #keep(
    organizationId: string,
    purpose: string,
    fingerprint: string,
  ): Promise<{ id: string; idempotencyKey: string }> {
    const now = this.clock.now();
    return this.system.transactionIn(organizationId, async (tx) => {
      const where = { organizationId, purpose, answeredAt: null };
      const open = await tx.stripeRequest.findFirst({
        where,
        select: { id: true, idempotencyKey: true, fingerprint: true, createdAt: true },
      });
      const age = now.getTime() - (open?.createdAt.getTime() ?? 0);
      if (open?.fingerprint === fingerprint && age < KEY_LIVES) return open;
      if (open)
        await tx.stripeRequest.updateMany({
          where: { organizationId, id: open.id },
          data: { answeredAt: now, outcome: 'given up' },
        });
      const id = newId();
      const idempotencyKey = `manydesk-${sha256([organizationId, purpose, fingerprint, id].join(' '))}`;
      const row = { organizationId, id, purpose, fingerprint, idempotencyKey, createdAt: now };
      await tx.stripeRequest.createMany({ data: [row], skipDuplicates: true });
      // Another's, when somebody asks for the same price this very moment.
      return tx.stripeRequest.findFirstOrThrow({
        where,
        select: { id: true, idempotencyKey: true },
      });
    });
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
