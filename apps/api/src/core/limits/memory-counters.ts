import { LRUCache } from 'lru-cache';
import type { Clock } from '../context/clock.js';
import { WINDOW, type Counters, type Quota, type Standing, type Verdict } from './counters.js';

/** Counts that are kept at once; past it those that were not used for the longest are forgotten. */
const MOST_COUNTS = 200_000;

interface Count {
  used: number;
  endsAt: number;
  /** Whether a refusal in this window was noted. */
  isNoted: boolean;
}

/** The counts of this process. Answers at once: in front of a list that takes a millisecond, waiting would show. */
export class MemoryCounters implements Counters {
  readonly #counts = new LRUCache<string, Count>({ max: MOST_COUNTS });

  constructor(private readonly clock: Clock) {}

  take(quotas: readonly Quota[], cost: number): Verdict {
    const now = this.clock.now().getTime();
    const counts = quotas.map(({ key }) => this.#countOf(key, now));
    const short = quotas.findIndex(
      ({ limit }, at) => counts[at]!.used + Math.min(cost, limit) > limit,
    );
    if (short < 0) quotas.forEach(({ limit }, at) => (counts[at]!.used += Math.min(cost, limit)));
    const standings = quotas.map((quota, at) => standingOf(quota, counts[at]!, now));
    if (short < 0) return { standings, refusal: null, isFirstRefusal: false };
    const { isNoted } = counts[short]!;
    counts[short]!.isNoted = true;
    return { standings, refusal: standings[short]!, isFirstRefusal: !isNoted };
  }

  #countOf(key: string, now: number): Count {
    const known = this.#counts.get(key);
    // A clock that was set back must not keep a window open for longer than it lasts.
    if (known && known.endsAt > now && known.endsAt <= now + WINDOW) return known;
    const count = { used: 0, endsAt: now + WINDOW, isNoted: false };
    this.#counts.set(key, count);
    return count;
  }
}

function standingOf({ policy, limit }: Quota, { used, endsAt }: Count, now: number): Standing {
  return { policy, limit, remaining: Math.max(limit - used, 0), resetsIn: endsAt - now };
}
