import {
  Injectable,
  SetMetadata,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import { runInContext } from '../context/context.js';
import { newId } from '../context/ids.js';
import { Notifications, type Channel } from '../database/notifications.js';
import { Log } from '../logging/log.js';
import { Metrics, type Count } from '../logging/metrics.js';

/** What is due by the clock, and not because of an event: mails to send, rows that are past their time. */
export interface Sweep {
  /** Does what is due. Gives whether there may be more, and is then called again at once. */
  sweep(): Promise<boolean>;
}

interface SweepRule {
  /** `room.work`, for the log. */
  name: string;
  /** Milliseconds between looks. */
  every: number;
  /** A notification that says that there is something to do now. */
  wokenBy?: Channel;
}

const SWEEP_RULE = 'manydesk:sweep';

/**
 * Marks a provider as a {@link Sweep} of the worker. Several workers sweep at once: a sweep claims its rows with
 * `for update skip locked`, or changes them by one statement that does nothing the second time.
 */
export function Sweeps(rule: SweepRule): ClassDecorator {
  return SetMetadata(SWEEP_RULE, rule);
}

/** Runs every sweep of the house at its time, in the worker alone. One that fails is tried again at its next time. */
@Injectable()
export class SweepRunner implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #stops: (() => void)[] = [];
  readonly #running = new Map<Sweep, Promise<void>>();
  readonly #again = new Set<Sweep>();
  #stopped = false;
  readonly #countFailure: Count;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
    private readonly notifications: Notifications,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.#countFailure = metrics.counter(
      'sweep_failures_total',
      'Rounds of work by the clock that failed; the next round comes at its time.',
      ['sweep'],
    );
  }

  async onApplicationBootstrap(): Promise<void> {
    for (const { instance, metatype } of this.discovery.getProviders()) {
      if (!instance || !metatype) continue;
      const rule = this.reflector.get<SweepRule | undefined>(SWEEP_RULE, metatype);
      if (!rule) continue;
      const wake = (): void => this.#wake(instance as Sweep, rule.name);
      if (rule.wokenBy) this.#stops.push(await this.notifications.listen(rule.wokenBy, wake, wake));
      this.#timers.push(setInterval(wake, rule.every));
      wake();
    }
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    this.#timers.forEach((timer) => clearInterval(timer));
    this.#stops.forEach((stop) => stop());
    await Promise.all(this.#running.values());
  }

  #wake(sweep: Sweep, name: string): void {
    if (this.#stopped) return;
    this.#again.add(sweep);
    if (this.#running.has(sweep)) return;
    const run = runInContext({ requestId: `sweep-${newId()}` }, () => this.#run(sweep, name));
    this.#running.set(sweep, run);
  }

  async #run(sweep: Sweep, name: string): Promise<void> {
    try {
      while (this.#again.delete(sweep) && !this.#stopped) {
        if (await sweep.sweep()) this.#again.add(sweep);
      }
    } catch (error) {
      this.#countFailure(name);
      this.log.error('sweep.failed', { sweep: name, error });
    } finally {
      this.#running.delete(sweep);
    }
  }
}
