import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { runInContext } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import { Sweeps, type Sweep } from '#core/jobs/sweeps.js';
import { Log } from '#core/logging/log.js';
import { SystemDb } from '#core/database/system-db.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';

const DAY = 24 * 3_600_000;
/** Milliseconds that what was sent is kept, with what came back. */
const KEPT_FOR = 30 * DAY;
/** Deliveries of one transaction. */
const BATCH = 500;

/** Forgets what was sent more than 30 days ago, and all of endpoints that were deleted. */
@Injectable()
@Sweeps({ name: 'webhooks.tidy', every: 3_600_000 })
export class WebhookTidying implements Sweep {
  constructor(
    private readonly system: SystemDb,
    private readonly db: TenantDb,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async sweep(): Promise<boolean> {
    const endpoints = await this.system.client.webhookEndpoint.findMany({
      select: { organizationId: true, id: true, removedAt: true },
    });
    for (const { organizationId, id, removedAt } of endpoints) {
      const context = { requestId: `webhooks-${newId()}`, organizationId };
      await runInContext(context, () => this.#tidy(id, removedAt !== null)).catch(
        (error: unknown) => this.log.error('webhook.not_tidied', { endpointId: id, error }),
      );
    }
    return false;
  }

  async #tidy(endpointId: string, isRemoved: boolean): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEPT_FOR);
    const old = isRemoved ? { endpointId } : { endpointId, settledAt: { lt: before } };
    while ((await this.#deleteSome(old)) === BATCH);
    // With the deliveries that it made, so that the rows of those are never without it.
    const replays = { endpointId, deliveries: { none: {} } };
    const over = { status: { not: 'running' }, createdAt: { lt: before } };
    await this.db.client.webhookReplay.deleteMany({
      where: isRemoved ? replays : { ...replays, ...over },
    });
    if (isRemoved) await this.db.client.webhookEndpoint.deleteMany({ where: { id: endpointId } });
  }

  #deleteSome(where: object): Promise<number> {
    return this.db.transaction(async (tx) => {
      const rows = await tx.webhookDelivery.findMany({ where, take: BATCH, select: { id: true } });
      const ids = rows.map(({ id }) => id);
      if (ids.length === 0) return 0;
      await tx.webhookAttempt.deleteMany({ where: { deliveryId: { in: ids } } });
      await tx.webhookDelivery.deleteMany({ where: { id: { in: ids } } });
      return ids.length;
    });
  }
}
