import { Redis, type Result } from 'ioredis';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../context/clock.js';
import type { Log } from '../logging/log.js';
import { WINDOW, type Counters, type Quota, type Standing, type Verdict } from './counters.js';
import type { MemoryCounters } from './memory-counters.js';

/** Milliseconds that an answer of Redis may take: a call waits for it. */
const PATIENCE = 250;
/** Milliseconds for which Redis is not asked again after it failed, or each call would wait to find out. */
const LEAVE_ALONE = 1_000;
const MOST_REFUSED = 50_000;

/**
 * Takes ARGV[1] from each of KEYS, or from none. Gives for each what was used before and how long its window lasts.
 * In one step, because between two of them another process would count.
 */
const TAKE = `
  local cost, window, enough, seen = tonumber(ARGV[1]), tonumber(ARGV[2]), 1, {}
  for at, key in ipairs(KEYS) do
    local used, left = tonumber(redis.call('get', key) or '0'), redis.call('pttl', key)
    if left < 0 then used = 0 left = window end
    seen[at * 2 - 1] = used
    seen[at * 2] = left
    local limit = tonumber(ARGV[at + 2])
    if used + math.min(cost, limit) > limit then enough = 0 end
  end
  if enough == 1 then
    for at, key in ipairs(KEYS) do
      redis.call('set', key, seen[at * 2 - 1] + math.min(cost, tonumber(ARGV[at + 2])), 'PX', seen[at * 2])
    end
  end
  return seen`;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    manydeskTake(keys: number, ...keysAndNumbers: (string | number)[]): Result<number[], Context>;
  }
}

/** The counts of all processes together. While Redis is away each process counts for itself. */
export class RedisCounters implements Counters {
  readonly #redis: Redis;
  /** Quotas that were used up: until their window is over the answer is known without asking. */
  readonly #spent = new LRUCache<string, { used: number; endsAt: number }>({ max: MOST_REFUSED });
  #aloneUntil = 0;
  #isAway = false;

  constructor(
    url: string,
    private readonly local: MemoryCounters,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    this.#redis = new Redis(url, {
      lazyConnect: true,
      connectTimeout: 5_000,
      commandTimeout: PATIENCE,
      // What cannot be asked now is counted here now, and not asked later.
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
    });
    this.#redis.defineCommand('manydeskTake', { lua: TAKE });
    this.#redis.on('error', (error: Error) => this.#noteAway(error));
    this.#redis.on('ready', () => this.#noteBack());
  }

  /** Begins to connect, and tries again for as long as it takes; nothing waits for it. */
  open(): void {
    this.#redis.connect().catch((error: Error) => this.#noteAway(error));
  }

  close(): void {
    this.#redis.disconnect();
  }

  take(quotas: readonly Quota[], cost: number): Verdict | Promise<Verdict> {
    if (this.#redis.status !== 'ready' || performance.now() < this.#aloneUntil)
      return this.local.take(quotas, cost);
    return this.#knownRefusal(quotas) ?? this.#ask(quotas, cost);
  }

  async #ask(quotas: readonly Quota[], cost: number): Promise<Verdict> {
    const keys = quotas.map(({ key }) => key);
    const limits = quotas.map(({ limit }) => limit);
    try {
      const seen = await this.#redis.manydeskTake(keys.length, ...keys, cost, WINDOW, ...limits);
      return this.#verdictOf(quotas, cost, seen);
    } catch (error) {
      this.#aloneUntil = performance.now() + LEAVE_ALONE;
      this.#noteAway(error as Error);
      return this.local.take(quotas, cost);
    }
  }

  #verdictOf(quotas: readonly Quota[], cost: number, seen: number[]): Verdict {
    const used = quotas.map((_, at) => seen[at * 2]!);
    const short = quotas.findIndex(({ limit }, at) => used[at]! + Math.min(cost, limit) > limit);
    const standings = quotas.map(({ policy, limit }, at) => {
      const taken = short < 0 ? Math.min(cost, limit) : 0;
      const remaining = Math.max(limit - used[at]! - taken, 0);
      return { policy, limit, remaining, resetsIn: seen[at * 2 + 1]! };
    });
    if (short < 0) return { standings, refusal: null, isFirstRefusal: false };
    const refusal = standings[short]!;
    return { standings, refusal, isFirstRefusal: this.#noteSpent(quotas[short]!, refusal) };
  }

  /** Gives whether it was not known yet. */
  #noteSpent({ key }: Quota, { limit, remaining, resetsIn }: Standing): boolean {
    const now = this.clock.now().getTime();
    const isNew = (this.#spent.get(key)?.endsAt ?? 0) <= now;
    this.#spent.set(key, { used: limit - remaining, endsAt: now + resetsIn });
    return isNew;
  }

  #knownRefusal(quotas: readonly Quota[]): Verdict | null {
    for (const { policy, key, limit } of quotas) {
      const spent = this.#spent.get(key);
      if (!spent || spent.used < limit) continue;
      const resetsIn = spent.endsAt - this.clock.now().getTime();
      if (resetsIn <= 0) continue;
      const refusal = { policy, limit, remaining: 0, resetsIn };
      return { standings: [refusal], refusal, isFirstRefusal: false };
    }
    return null;
  }

  #noteAway(error: Error): void {
    if (this.#isAway) return;
    this.#isAway = true;
    this.log.warn('limit.redis_away', { error });
  }

  #noteBack(): void {
    if (this.#isAway) this.log.info('limit.redis_back');
    this.#isAway = false;
  }
}
