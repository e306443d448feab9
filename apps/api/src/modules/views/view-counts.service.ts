import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { currentActor, requireOrganizationId } from '#core/context/context.js';
import { ValidationFailed } from '#core/errors/domain-error.js';
import {
  parseConditions,
  TicketList,
  type TicketConditions,
} from '#modules/tickets/ticket-list.service.js';
import type { ViewCountDto } from './dto/view.dto.js';
import { ViewsService } from './views.service.js';

/** Tickets that are counted at most: "10,000+" tells as much as any larger number, and costs no more. */
const COUNTED_AT_MOST = 10_000;
/** Milliseconds that a count is shown again without counting. */
const GOOD_FOR = 10_000;
const MOST_KEPT = 5_000;
const MOST_NAMED = 20;

interface Kept {
  at: number;
  count: Promise<{ count: number; isExact: boolean }>;
}

/**
 * How many tickets are in a view. Never counted because something changed, only because somebody looks; and then once
 * in some seconds, however many look.
 */
@Injectable()
export class ViewCounts {
  readonly #kept = new Map<string, Kept>();

  constructor(
    private readonly views: ViewsService,
    private readonly tickets: TicketList,
  ) {}

  /**
   * The counts of the views `ids`, and of the conditions in `named`, a JSON object. A view that is not the caller's to
   * see has none. Throws ValidationFailed.
   */
  async of(ids: readonly string[], named?: string): Promise<ViewCountDto[]> {
    const asked = namedConditions(named);
    if (ids.length > 0)
      for (const view of await this.views.some(ids)) asked.push([view.id, view.conditions]);
    const counts: ViewCountDto[] = [];
    // One after the other: a rail of fifty views must not take fifty connections.
    for (const [viewId, conditions] of asked)
      counts.push({ viewId, ...(await this.#count(conditions)) });
    return counts;
  }

  #count(conditions: TicketConditions): Kept['count'] {
    const me = currentActor().id ?? '';
    const text = JSON.stringify(conditions);
    const whose = /"(me|mine)"/.test(text) ? me : '';
    const key = createHash('sha256')
      .update(`${requireOrganizationId('a count')}|${whose}|${text}`)
      .digest('base64url');
    const kept = this.#kept.get(key);
    if (kept && kept.at > Date.now() - GOOD_FOR) return kept.count;
    const count = this.tickets.countUpTo({ conditions, me }, COUNTED_AT_MOST);
    // One that failed is not kept: the next who looks counts again.
    count.catch(() => this.#kept.delete(key));
    this.#keep(key, { at: Date.now(), count });
    return count;
  }

  #keep(key: string, kept: Kept): void {
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value!);
  }
}

function namedConditions(text: string | undefined): [string, TicketConditions][] {
  if (text === undefined) return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  const entries =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value)
      : null;
  if (!entries || entries.length > MOST_NAMED)
    throw new ValidationFailed([
      {
        field: 'conditions',
        problem: `must be a JSON object of at most ${MOST_NAMED} conditions under names`,
      },
    ]);
  return entries.map(([name, conditions]) => [name.slice(0, 100), parseConditions(conditions)]);
}
