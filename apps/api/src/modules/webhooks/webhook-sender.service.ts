import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { runInContext } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import { Sweeps, type Sweep } from '#core/jobs/sweeps.js';
import { Log } from '#core/logging/log.js';
import { WebhookClaims, type ClaimedDelivery, type DueEndpoint } from './webhook-claims.service.js';
import { WebhookOutcomes } from './webhook-outcomes.service.js';
import { WebhookPost } from './webhook-post.service.js';

/** Deliveries that one process sends at once, and of them those of one organization. */
const MOST_AT_ONCE = 200;
const MOST_OF_ONE = 60;
/** Milliseconds that a worker that is to end waits for what it is sending. The rest is sent again by another. */
const PATIENCE_AT_THE_END = 5_000;

/**
 * Sends what is due. Endpoints take turns, each with its own share: one that answers slowly holds up none but itself.
 * What is taken is held by a lease, so what a killed worker had in its hands is sent again by the next.
 */
@Injectable()
@Sweeps({ name: 'webhooks.send', every: 1_000 })
export class WebhookSender implements Sweep, OnModuleDestroy {
  readonly #underWay = new Map<Promise<void>, string>();
  readonly #end = new AbortController();
  #pumping: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(
    private readonly claims: WebhookClaims,
    private readonly post: WebhookPost,
    private readonly outcomes: WebhookOutcomes,
    private readonly log: Log,
  ) {}

  /** Begins to send what is due, and does not wait for the answers. */
  async sweep(): Promise<boolean> {
    await this.#pump();
    return false;
  }

  /** Resolves when nothing is under way and nothing that is due is left. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0 || this.#pumping)
      await Promise.all([...this.#underWay.keys(), this.#pumping]);
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    const end = setTimeout(() => this.#end.abort(), PATIENCE_AT_THE_END);
    await this.idle().catch(() => undefined);
    clearTimeout(end);
  }

  #pump(): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    this.#again = true;
    this.#pumping ??= this.#take();
    return this.#pumping;
  }

  async #take(): Promise<void> {
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false;
        const due = await this.claims.due(this.#sated());
        for (const endpoint of due) await this.#takeOf(endpoint, due.length);
      }
    } finally {
      // Here, and not when the promise settles: whoever calls in between would be waited for by nobody.
      this.#pumping = undefined;
    }
  }

  async #takeOf({ organizationId, id }: DueEndpoint, turns: number): Promise<void> {
    const room = MOST_AT_ONCE - this.#underWay.size;
    const share = Math.max(1, Math.floor(room / turns));
    const most = Math.min(room, share, MOST_OF_ONE - this.#countOf(organizationId));
    if (most <= 0 || this.#stopped) return;
    const context = { requestId: `webhooks-${newId()}`, organizationId };
    const taken = await runInContext(context, () => this.claims.claim(id, most)).catch(
      (error: unknown): ClaimedDelivery[] => {
        // One that cannot be taken of keeps no other from its turn.
        this.log.error('webhook.not_taken', { endpointId: id, error });
        return [];
      },
    );
    for (const delivery of taken) runInContext(context, () => this.#begin(delivery));
    this.#again ||= taken.length > 0;
  }

  #begin(delivery: ClaimedDelivery): void {
    const sent = this.#send(delivery)
      .catch((error: unknown) =>
        this.log.error('webhook.not_noted', { deliveryId: delivery.id, error }),
      )
      .finally(() => {
        this.#underWay.delete(sent);
        this.#pump().catch((error: unknown) => this.log.error('webhook.not_sent', { error }));
      });
    this.#underWay.set(sent, delivery.organizationId);
  }

  async #send(delivery: ClaimedDelivery): Promise<void> {
    const tried = await this.post.send(delivery, this.#end.signal);
    // Cut short by our own end: nothing is known of it, and whoever comes next tries again.
    if (this.#end.signal.aborted && tried.status === null) return;
    await this.outcomes.settle(delivery, tried);
  }

  /** Organizations with as much under way as one may have. */
  #sated(): string[] {
    return [...new Set(this.#underWay.values())].filter((id) => this.#countOf(id) >= MOST_OF_ONE);
  }

  #countOf(organizationId: string): number {
    return [...this.#underWay.values()].filter((id) => id === organizationId).length;
  }
}
