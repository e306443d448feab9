import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { newId } from '#core/context/ids.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { Metrics, type Count } from '#core/logging/metrics.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { ClaimedDelivery } from './webhook-claims.service.js';
import { holdEndpoint } from './webhook-fan-out.sql.js';
import type { Tried } from './webhook-post.service.js';
import { nextTryIn } from './webhook-schedule.js';
import { settleDelivery, type Settled } from './webhook-sending.sql.js';
import { shownUrl } from './webhook-url.js';

/** Milliseconds of nothing but failures after which an endpoint is switched off. */
const FAILING_FOR = 5 * 24 * 3_600_000;
/** The receiver says that it is gone for good (RFC 9110, 15.5.11). */
const GONE = 410;

/** Writes down how a try ended, and what follows: nothing more, a further try, the end of the endpoint. */
@Injectable()
export class WebhookOutcomes {
  readonly #count: Count;

  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.#count = metrics.counter(
      'webhook_attempts_total',
      'Tries to deliver to a webhook endpoint, by how they left the delivery: delivered, waiting (tried again), failed.',
      ['outcome'],
      [['delivered'], ['waiting'], ['failed']],
    );
  }

  /** Does nothing when the delivery is no longer ours: its lease has ended, or it was removed. */
  async settle(delivery: ClaimedDelivery, tried: Tried): Promise<void> {
    const now = this.clock.now();
    const status = await this.db.transaction(async (tx) => {
      await tx.sql(holdEndpoint, [delivery.endpointId]);
      const row = await tx.webhookDelivery.findFirst({
        where: { id: delivery.id, leaseId: delivery.leaseId },
        select: { attempts: true },
      });
      if (!row) return null;
      const went = this.#wentOn(tried, row.attempts + 1, now);
      const [settled] = await tx.sql<Settled>(settleDelivery, [
        ...[delivery.endpointId, delivery.id, delivery.leaseId],
        ...[went.status, went.dueAt, now, tried.problem === null],
      ]);
      if (!settled) return null;
      await this.#keep(tx, delivery, tried, settled.attempts);
      await this.#disableIfOver(tx, delivery.endpointId, settled, tried, now);
      return went.status;
    });
    if (status !== null) this.#count(status);
  }

  #wentOn(
    { problem, status, wish }: Tried,
    attempts: number,
    now: Date,
  ): { status: string; dueAt: Date | null } {
    if (problem === null) return { status: 'delivered', dueAt: null };
    const wait = status === GONE ? null : nextTryIn(attempts, wish, Math.random());
    if (wait === null) return { status: 'failed', dueAt: null };
    return { status: 'waiting', dueAt: new Date(now.getTime() + wait) };
  }

  async #keep(
    tx: TenantTransaction,
    { id, url }: ClaimedDelivery,
    { wish: _, ...tried }: Tried,
    number: number,
  ): Promise<void> {
    const { responseHeaders, ...rest } = tried;
    await tx.webhookAttempt.createMany({
      data: [
        {
          ...{ id: newId(), deliveryId: id, number, url, ...rest },
          ...(responseHeaders && { responseHeaders }),
        },
      ],
    });
  }

  async #disableIfOver(
    tx: TenantTransaction,
    id: string,
    { failingSince, url }: Settled,
    { status }: Tried,
    now: Date,
  ): Promise<void> {
    const isFailing =
      failingSince !== null && now.getTime() - Date.parse(failingSince) >= FAILING_FOR;
    const reason = status === GONE ? 'gone' : isFailing ? 'failing' : null;
    if (reason === null) return;
    const { count } = await tx.webhookEndpoint.updateMany({
      where: { id, isEnabled: true },
      data: {
        ...{ isEnabled: false, disabledAt: now, disabledBecause: reason, toldAt: null },
        ...{ updatedAt: now, version: { increment: 1 } },
      },
    });
    if (count === 0) return;
    this.ledger.record({
      type: 'webhook_endpoint.disabled',
      subject: { type: 'webhook_endpoint', id },
      data: { url: shownUrl(url), reason },
    });
  }
}
