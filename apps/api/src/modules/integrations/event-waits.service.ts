import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Notifications } from '#core/database/notifications.js';
import type { EventFilter } from './event-filter.js';
import type { StreamReader } from './event-streams.service.js';
import { EventsService, type EventStretch } from './events.service.js';

/** What a reader of the feed asks for, and how long they wait for it. */
export interface WaitingRead {
  after: number;
  limit: number;
  filter: EventFilter;
  /** Milliseconds; none at all when 0. */
  wait: number;
  /** Aborted when the reader is gone. */
  gone: AbortSignal;
}

/** Readers of one organization that wait at once; the others are answered at once, as if they had not asked to wait. */
const MOST_WAITING = 100;

/**
 * The feed for readers who wait for what comes next. A waiting reader holds no connection to the database and asks for
 * nothing: it is woken by the notification of the next event.
 */
@Injectable()
export class EventWaits implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #bells = new Map<string, Set<() => void>>();
  readonly #shutdown = new AbortController();
  #stop: (() => void) | undefined;

  constructor(
    private readonly events: EventsService,
    private readonly notifications: Notifications,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const ring = (payload: string): void =>
      this.#bells.get(payload.split('|')[0]!)?.forEach((bell) => bell());
    const ringAll = (): void => this.#bells.forEach((bells) => bells.forEach((bell) => bell()));
    this.#stop = await this.notifications.listen('ledger', ring, ringAll);
  }

  /** Before the server closes, which waits for every answer that is under way. */
  beforeApplicationShutdown(): void {
    this.#stop?.();
    this.#shutdown.abort();
  }

  /** What there is, or what comes first within the time; nothing when that is over or the reader's credential ended. */
  async read(reader: StreamReader, asked: WaitingRead): Promise<EventStretch> {
    const { organizationId, permissions } = reader.principal;
    const { limit, filter, wait } = asked;
    if (wait === 0) return this.events.after(asked.after, limit, permissions, filter);
    const over = AbortSignal.any([AbortSignal.timeout(wait), asked.gone, this.#shutdown.signal]);
    for (let { after } = asked; ;) {
      // Hung up before the look: what happens after it rings.
      const bell = this.#hang(organizationId, over);
      try {
        const stretch = await this.events.after(after, limit, permissions, filter);
        if (stretch.events.length > 0 || stretch.hasMore || bell === null) return stretch;
        await bell.rung;
        if (over.aborted || !(await reader.isStillGood())) return stretch;
        after = stretch.nextAfter;
      } finally {
        bell?.takeDown();
      }
    }
  }

  /** Rings at the next event, or when it is over. Null when too many wait already. */
  #hang(
    organizationId: string,
    over: AbortSignal,
  ): { rung: Promise<void>; takeDown: () => void } | null {
    const bells = this.#bells.get(organizationId) ?? new Set();
    if (bells.size >= MOST_WAITING || over.aborted) return null;
    this.#bells.set(organizationId, bells);
    const { promise, resolve } = Promise.withResolvers<void>();
    const ring = (): void => resolve();
    bells.add(ring);
    over.addEventListener('abort', ring, { once: true });
    const takeDown = (): void => {
      over.removeEventListener('abort', ring);
      bells.delete(ring);
      if (bells.size === 0) this.#bells.delete(organizationId);
    };
    return { rung: promise, takeDown };
  }
}
