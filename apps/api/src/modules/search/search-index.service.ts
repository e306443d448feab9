import { Injectable } from '@nestjs/common';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import {
  indexTickets,
  isIndexed,
  ticketsOfCustomer,
  ticketsToIndex,
  ticketsWithoutWords,
} from './search.sql.js';

/** Characters of what was said on a ticket that are looked through; past them the oldest are left out. */
const MOST_CHARACTERS = 300_000;
/** A list of words that is longer than Postgres keeps (1 MB): what was said is more than words. */
const TOO_LONG = '54000';
/** Tickets that one statement writes down. */
const BATCH = 50;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** The words of tickets, kept from what happens to them. Every method may run any number of times. */
@Injectable()
export class SearchIndex {
  constructor(private readonly db: TenantDb) {}

  /** Writes down the ticket, unless what happened in the event `seq` is in its words already: ten events are one look. */
  async followTicket(id: string, seq: number): Promise<void> {
    const [row] = await this.db.sql<{ isIndexed: boolean }>(isIndexed, [id, seq]);
    if (!row!.isIndexed) await this.#index([id]);
  }

  /** Writes down every ticket of a customer whose name or addresses changed, or who took over another's tickets. */
  async followCustomer(id: string): Promise<void> {
    await this.#walk((after) => this.db.sql(ticketsOfCustomer, [id, after, BATCH]));
  }

  /** Writes down what is left of the tickets of a customer who was erased, and of others where their words stood. */
  async followErasure(id: string): Promise<void> {
    await this.followCustomer(id);
    await this.#walk((after) => this.db.sql(ticketsWithoutWords, [after, BATCH]));
  }

  /** Writes down what was read in another language than the organization's. */
  async followLanguage(): Promise<void> {
    await this.#walk((after) => this.db.sql(ticketsToIndex, [after, BATCH, true]));
  }

  /** Writes down every ticket of the organization. Gives how many there are. */
  async rebuild(): Promise<number> {
    return this.#walk((after) => this.db.sql(ticketsToIndex, [after, BATCH, false]));
  }

  async #walk(next: (after: string) => Promise<{ id: string }[]>): Promise<number> {
    let count = 0;
    for (let after = FIRST; ;) {
      const ids = (await next(after)).map(({ id }) => id);
      if (ids.length > 0) await this.#index(ids);
      count += ids.length;
      if (ids.length < BATCH) return count;
      after = ids.at(-1)!;
    }
  }

  /** One that is too long is tried with less of it, alone, so that it does not keep the others out. */
  async #index(ids: string[], characters = MOST_CHARACTERS): Promise<void> {
    try {
      await this.db.sql(indexTickets, [ids, characters]);
    } catch (error) {
      if ((error as { code?: string }).code !== TOO_LONG || characters < 1_000) throw error;
      if (ids.length > 1) for (const id of ids) await this.#index([id], characters);
      else await this.#index(ids, Math.floor(characters / 4));
    }
  }
}
