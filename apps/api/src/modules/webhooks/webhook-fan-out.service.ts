import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { runInContext } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import { Notifications } from '#core/database/notifications.js';
import { SystemDb } from '#core/database/system-db.js';
import { Sweeps, type Sweep } from '#core/jobs/sweeps.js';
import { hiddenEventTypes } from '#core/ledger/event-visibility.js';
import { Log } from '#core/logging/log.js';
import type { Permission } from '#core/tenancy/permissions.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import {
  enabledEndpoints,
  fillFromLog,
  fillFromReplay,
  takeEndpoint,
  type Filled,
  type HeldEndpoint,
} from './webhook-fan-out.sql.js';
import { WebhookSender } from './webhook-sender.service.js';

/** Events that one transaction looks at for one endpoint. */
const BATCH = 500;
/** Deliveries of an endpoint that may wait; what is still to come waits in the log. */
const MOST_WAITING = 5_000;
/** Milliseconds between two looks at every endpoint: for what a worker left behind that died. */
const LOOK_AT_ALL_EVERY = 30_000;

interface Place {
  organizationId: string;
  id: string;
}

/**
 * Makes deliveries of events. Each endpoint has a place of its own in the log, and one transaction makes the deliveries
 * and moves the place: nothing is lost and nothing doubled, wherever a worker dies. No job per event: an organization
 * without endpoints costs nothing.
 */
@Injectable()
@Sweeps({ name: 'webhooks.fan_out', every: 10_000, wokenBy: 'ledger' })
export class WebhookFanOut implements Sweep, OnModuleDestroy {
  readonly #named = new Set<string>();
  #stop: (() => void) | undefined;
  #lookedAtAll = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly system: SystemDb,
    private readonly db: TenantDb,
    private readonly notifications: Notifications,
    private readonly sender: WebhookSender,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async sweep(): Promise<boolean> {
    await this.#follow();
    const endpoints = await this.system.sql<Place>(enabledEndpoints, [this.#organizations()]);
    let more = endpoints;
    // One bit of each in turn, so that a long replay holds up no other.
    while (more.length > 0) {
      const next: Place[] = [];
      let made = 0;
      for (const endpoint of more) {
        const filled = await this.#fill(endpoint);
        made += filled.made;
        if (filled.hasMore) next.push(endpoint);
      }
      if (made > 0) await this.sender.sweep();
      more = next;
    }
    return false;
  }

  onModuleDestroy(): void {
    this.#stop?.();
  }

  /** Whose log has grown is known from the notification; begun here, because only a worker sweeps. */
  async #follow(): Promise<void> {
    this.#stop ??= await this.notifications.listen(
      'ledger',
      (payload) => void this.#named.add(payload.split('|')[0]!),
      () => (this.#lookedAtAll = Number.NEGATIVE_INFINITY),
    );
    // The notification that woke us is still being told to its other listeners, and we are one of them.
    await Promise.resolve();
  }

  /** The organizations to look at; null for all of them. */
  #organizations(): string[] | null {
    const named = [...this.#named];
    this.#named.clear();
    if (named.length > 0 && performance.now() - this.#lookedAtAll < LOOK_AT_ALL_EVERY) return named;
    this.#lookedAtAll = performance.now();
    return null;
  }

  async #fill({ organizationId, id }: Place): Promise<Filled> {
    const context = { requestId: `webhooks-${newId()}`, organizationId };
    try {
      return await runInContext(context, () => this.#fillWithin(id));
    } catch (error) {
      // One that cannot be filled keeps no other from it.
      this.log.error('webhook.not_filled', { endpointId: id, error });
      return { made: 0, hasMore: false };
    }
  }

  #fillWithin(id: string): Promise<Filled> {
    return this.db.transaction(async (tx) => {
      const [held] = await tx.sql<HeldEndpoint>(takeEndpoint, [id]);
      if (!held) return { made: 0, hasMore: false };
      const hidden = hiddenEventTypes(new Set(held.reads as Permission[]));
      const values = [id, this.clock.now(), BATCH, MOST_WAITING, hidden];
      const [live] = await tx.sql<Filled>(fillFromLog, values);
      const [again] =
        held.replayId === null
          ? []
          : await tx.sql<Filled>(fillFromReplay, [...values, held.replayId]);
      return {
        made: (live?.made ?? 0) + (again?.made ?? 0),
        hasMore: (live?.hasMore ?? false) || (again?.hasMore ?? false),
      };
    });
  }
}
