import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { AppConfig } from '../config/config.module.js';
import { Clock } from '../context/clock.js';
import { Log } from '../logging/log.js';
import type { Principal } from '../tenancy/principal.js';
import type { Counters, Quota, Verdict } from './counters.js';
import { MemoryCounters } from './memory-counters.js';
import { PlanLimits, type OrganizationLimits } from './plan-limits.js';
import { RedisCounters } from './redis-counters.js';

interface KnownQuotas {
  limits: OrganizationLimits;
  quotas: readonly Quota[];
}

/**
 * How much each caller and each organization may ask for: counted in memory, or for all processes together in the Redis
 * of REDIS_URL.
 */
@Injectable()
export class RateLimits implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #counters: Counters;
  readonly #redis: RedisCounters | null;
  /** Made once for each principal and not with every call. */
  readonly #quotas = new WeakMap<Principal, KnownQuotas>();

  constructor(
    private readonly plans: PlanLimits,
    config: AppConfig,
    clock: Clock,
    log: Log,
  ) {
    const local = new MemoryCounters(clock);
    const { redisUrl } = config.settings;
    this.#redis = redisUrl === null ? null : new RedisCounters(redisUrl, local, clock, log);
    this.#counters = this.#redis ?? local;
  }

  onApplicationBootstrap(): void {
    this.#redis?.open();
  }

  onApplicationShutdown(): void {
    this.#redis?.close();
  }

  /** Counts a call of `principal`. Gives whether it may go on, at once when it is counted in memory. */
  take(principal: Principal, cost: number): Verdict | Promise<Verdict> {
    return this.#counters.take(this.#quotasOf(principal), cost);
  }

  #quotasOf(principal: Principal): readonly Quota[] {
    const { organizationId, actor } = principal;
    const limits = this.plans.of(organizationId);
    const known = this.#quotas.get(principal);
    if (known?.limits === limits) return known.quotas;
    // In braces what Redis Cluster places a key by: the two are counted in one step.
    const key = `manydesk:limit:{${organizationId}}`;
    const quotas: Quota[] = [
      { policy: 'caller' as const, key: `${key}:${actor.id}`, limit: limits.perCallerPerMinute },
      { policy: 'organization' as const, key, limit: limits.perMinute },
    ].filter(({ limit }) => limit > 0);
    this.#quotas.set(principal, { limits, quotas });
    return quotas;
  }
}
