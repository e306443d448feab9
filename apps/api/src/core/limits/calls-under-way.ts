import { Injectable } from '@nestjs/common';
import { ConcurrencyLimitReached } from './limits.exceptions.js';
import { PlanLimits } from './plan-limits.js';

/**
 * How many calls of each organization this process is answering. Nothing waits in line: a line in memory is what one
 * organization's slow calls would fill, and everybody's memory with it.
 */
@Injectable()
export class CallsUnderWay {
  readonly #counts = new Map<string, number>();

  constructor(private readonly plans: PlanLimits) {}

  /** Counts one more, and gives the way to end it, once. Throws {@link ConcurrencyLimitReached}. */
  begin(organizationId: string): () => void {
    const { concurrent } = this.plans.of(organizationId);
    const count = this.#counts.get(organizationId) ?? 0;
    if (concurrent > 0 && count >= concurrent) throw new ConcurrencyLimitReached(concurrent);
    this.#counts.set(organizationId, count + 1);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#end(organizationId);
    };
  }

  #end(organizationId: string): void {
    const left = this.#counts.get(organizationId)! - 1;
    if (left > 0) this.#counts.set(organizationId, left);
    // Or the map would hold every organization that ever called.
    else this.#counts.delete(organizationId);
  }
}
