import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { toPage, type Page, type PageRequest } from '#core/database/page.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { TicketDto } from './dto/ticket.dto.js';
import type { TicketConditions } from './ticket-conditions.js';
import {
  ticketCount,
  ticketIds,
  ticketList,
  ticketsFound,
  ticketsNamed,
  type WordsAsked,
} from './ticket-list.sql.js';
import type { TicketFilter } from './ticket-list-filter.js';
import { ticketCursor } from './ticket-list.view.js';
import type { TicketSort } from './ticket-terms.js';
import { toTicketDto, type TicketRow } from './tickets.view.js';

/** What other rooms need to hand conditions in. */
export { parseConditions, type TicketConditions } from './ticket-conditions.js';
export type { TicketFilter } from './ticket-list-filter.js';

/** A ticket in whose words something was found; `inHead` says that it stands in subject, customer and tags alone. */
export interface FoundTicket {
  id: string;
  number: number;
  inHead: boolean;
  passes: boolean;
}

/** Tickets by filters and conditions: a page of them, how many there are, which they are. */
@Injectable()
export class TicketList {
  #views: (viewId: string) => Promise<TicketConditions> = () => Promise.resolve({ any: [] });

  constructor(
    private readonly db: TenantDb,
    private readonly clock: Clock,
  ) {}

  /** Tells where views are kept: their room knows this one, so this one cannot ask it. */
  lookUpViewsBy(find: (viewId: string) => Promise<TicketConditions>): void {
    this.#views = find;
  }

  /** What a view of the caller asks for. Throws ViewNotFound. */
  conditionsOfView(viewId: string): Promise<TicketConditions> {
    return this.#views(viewId);
  }

  /**
   * One page of the tickets that `filter` lets through; with `withFields` each carries its custom fields. With a
   * `viewId` they are those of the view, narrowed further; throws ViewNotFound.
   */
  async list(
    filter: TicketFilter,
    sort: TicketSort,
    page: PageRequest,
    { viewId, ...options }: { withFields?: boolean; viewId?: string } = {},
  ): Promise<Page<TicketDto>> {
    if (viewId !== undefined)
      return this.list(
        { ...filter, viewConditions: await this.#views(viewId) },
        sort,
        page,
        options,
      );
    const { statement, values } = ticketList(this.#at(filter), sort, page, options);
    const rows = await this.db.sql<TicketRow & { counted: number }>(statement, values);
    // Past the end there is no row to carry the count: what was skipped is then all there is, at least.
    const counted = rows[0]?.counted ?? page.skip;
    return toPage(rows, page, counted, (row) => ticketCursor(row, sort), toTicketDto);
  }

  /** How many `filter` lets through, `most` at most: `isExact` is false when there are more. */
  async countUpTo(
    filter: TicketFilter,
    most: number,
  ): Promise<{ count: number; isExact: boolean }> {
    const { statement, values } = ticketCount(this.#at(filter), most);
    const [row] = await this.db.sql<{ counted: number }>(statement, values);
    return { count: Math.min(row!.counted, most), isExact: row!.counted <= most };
  }

  /** Which tickets `filter` lets through, the last changed first, `most` at most. */
  async idsOf(filter: TicketFilter, most: number): Promise<string[]> {
    const { statement, values } = ticketIds(this.#at(filter), most);
    const rows = await this.db.sql<{ id: string }>(statement, values);
    return rows.map(({ id }) => id);
  }

  /** The newest tickets that the index of words finds, of each whether `filter` lets it through. */
  async found(filter: TicketFilter, asked: WordsAsked): Promise<FoundTicket[]> {
    const { statement, values } = ticketsFound(this.#at(filter), asked);
    return this.db.sql<FoundTicket>(statement, values);
  }

  /** Those of the tickets with these ids or numbers that `filter` lets through, in no order. */
  async named(
    filter: TicketFilter,
    ids: readonly string[],
    numbers: readonly number[] = [],
  ): Promise<TicketDto[]> {
    if (ids.length + numbers.length === 0) return [];
    const { statement, values } = ticketsNamed(this.#at(filter), ids, numbers);
    return (await this.db.sql<TicketRow>(statement, values)).map(toTicketDto);
  }

  #at(filter: TicketFilter): TicketFilter {
    return filter.now ? filter : { ...filter, now: this.clock.now() };
  }
}
