import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '#core/database/page.js';
import { encodeCursor } from '#core/database/page.js';
import { ValidationFailed } from '#core/errors/domain-error.js';
import type { TicketDto } from '#modules/tickets/dto/ticket.dto.js';
import { ConversationSizes } from '#modules/tickets/conversation-sizes.service.js';
import { TicketList, type TicketFilter } from '#modules/tickets/ticket-list.service.js';
import type { FoundTicketDto } from './dto/found-ticket.dto.js';
import { FIRST_PLACE, FoundTickets } from './found-tickets.service.js';
import { cursorAt, placeOf, type Leniency, type WordPlace } from './search-cursor.js';
import { SearchFilters } from './search-filters.service.js';
import { SearchMatches } from './search-matches.service.js';
import { parseSearch, type SearchQuery } from './search-query.js';
import { SearchTermReader, type SearchTerms } from './search-terms.service.js';
import { withoutAddresses } from './search.sql.js';

/** Who searches. */
export interface SearchReader {
  /** Who "me" is. */
  id: string;
  /** Whether internal notes are for them. */
  notes: boolean;
  /** Whether customers and companies are for them, beside what a ticket shows of its own. */
  customers: boolean;
}

/** Fewer than these, and the words may have been meant to be others. */
const FEW = 3;
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Finds tickets by words, numbers and filters. What a reader may not read is never looked through for them. */
@Injectable()
export class Search {
  constructor(
    private readonly tickets: TicketList,
    private readonly terms: SearchTermReader,
    private readonly filters: SearchFilters,
    private readonly found: FoundTickets,
    private readonly matches: SearchMatches,
    private readonly sizes: ConversationSizes,
  ) {}

  /**
   * One page of what `text` asks for: the tickets that it names by number or id first, then those with all of its
   * words, in the order of {@link FoundTickets}. When hardly any has them, words that are like them count too. Throws
   * ValidationFailed for a filter that is none.
   */
  async search(
    text: string,
    page: PageRequest,
    reader: SearchReader,
  ): Promise<Page<FoundTicketDto>> {
    const found = await this.#search(text, page, reader);
    if (!reader.notes) await this.sizes.withoutNotes(found.items.map(({ ticket }) => ticket));
    return found;
  }

  async #search(
    text: string,
    page: PageRequest,
    reader: SearchReader,
  ): Promise<Page<FoundTicketDto>> {
    if (page.skip > 0)
      throw new ValidationFailed([{ field: 'skip', problem: 'is not for a search: use cursor' }]);
    const query = parseSearch(text);
    const filter = await this.filters.read(query, reader);
    const place = page.cursor && placeOf(page.cursor);
    const hasWords = query.words.length + query.phrases.length > 0;
    if (hasWords || query.numbers.length + query.ids.length > 0)
      return this.#byWords(query, filter ?? {}, place, page, reader);
    if (filter === null)
      throw new ValidationFailed([{ field: 'q', problem: 'has no word and no filter in it' }]);
    return this.#byFilters(filter, page);
  }

  async #byFilters(filter: TicketFilter, page: PageRequest): Promise<Page<FoundTicketDto>> {
    const cursor = page.cursor && placeOf(page.cursor) ? null : page.cursor;
    const listed = await this.tickets.list(filter, '-updatedAt', { ...page, cursor });
    return { ...listed, items: listed.items.map((ticket) => ({ ticket, matches: [] })) };
  }

  async #byWords(
    query: SearchQuery,
    filter: TicketFilter,
    place: WordPlace | null,
    { limit }: PageRequest,
    reader: SearchReader,
  ): Promise<Page<FoundTicketDto>> {
    const named = place ? [] : await this.tickets.named(filter, query.ids, query.numbers);
    const { terms, ids, next } = await this.#idsOf(query, filter, place, limit, reader);
    const rest = ids.filter((id) => !named.some((ticket) => ticket.id === id));
    const others = await this.tickets.named({}, rest);
    const byId = new Map(others.map((ticket) => [ticket.id, ticket]));
    const tickets = [
      ...named,
      ...rest.map((id) => byId.get(id)).filter((ticket): ticket is TicketDto => !!ticket),
    ];
    const matches = await this.matches.of(tickets, terms.stems, reader.notes);
    const last = ids.at(-1) ?? NOBODY;
    return {
      items: tickets.map((ticket) => ({ ticket, matches: matches.get(ticket.id) ?? [] })),
      total: tickets.length,
      totalIsExact: place === null && next === null,
      skip: 0,
      limit,
      nextCursor: next && encodeCursor(cursorAt(next, last)),
    };
  }

  /**
   * How the words are taken is found out on the first page; the pages behind it go on as it began. A word that fills a
   * page as it stands is what was meant: what it might be the beginning of would cost several times as much.
   */
  async #idsOf(
    query: SearchQuery,
    filter: TicketFilter,
    place: WordPlace | null,
    limit: number,
    { notes, customers }: SearchReader,
  ): Promise<{ terms: SearchTerms; ids: string[]; next: WordPlace | null }> {
    const readers = ['all', notes ? 'team' : 'outside'];
    const from = place ?? FIRST_PLACE;
    const look = async (leniency: Leniency) => {
      const terms = await this.terms.read(query, leniency);
      if (terms.query === '') return { terms, ids: [], next: null };
      const asked = customers ? terms.query : withoutAddresses(terms.query);
      const { ids, next } = await this.found.page(asked, readers, filter, from, limit);
      return { terms, ids, next: next && { ...next, leniency } };
    };
    if (place) return look(place.leniency);
    const exact = await look('exact');
    if (exact.next || query.words.length === 0) return exact;
    const more = query.isOpen ? await look('beginning') : exact;
    if (more.next || more.ids.length >= FEW) return more;
    const like = await look('slips');
    return like.ids.length > more.ids.length ? like : more;
  }
}
