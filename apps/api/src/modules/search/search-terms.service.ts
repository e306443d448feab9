import { Injectable } from '@nestjs/common';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { Leniency } from './search-cursor.js';
import type { SearchQuery } from './search-query.js';
import { likeWords, readTerms } from './search.sql.js';
import { stemsOf, stepsBetween } from './word-forms.js';

/** What is asked of the index, and by what it is known again in a text. */
export interface SearchTerms {
  /** The text of a tsquery; empty when only words were asked for that say nothing. */
  query: string;
  /** Beginnings of the words that were found, in small letters. */
  stems: string[];
}

interface Term {
  text: string;
  query: string;
  others: string[];
}

/** Words that are like one, and are tried in its place. */
const MOST_LIKE = 5;

/** Words as the index knows them. */
@Injectable()
export class SearchTermReader {
  constructor(private readonly db: TenantDb) {}

  /** The words and phrases of `query`, all of which must be there, each taken with `leniency`. */
  async read({ words, phrases, isOpen }: SearchQuery, leniency: Leniency): Promise<SearchTerms> {
    if (words.length + phrases.length === 0) return { query: '', stems: [] };
    const asBeginning = isOpen && leniency !== 'exact';
    const terms = await this.db.sql<Term>(readTerms, [words, phrases, asBeginning]);
    if (leniency === 'slips') await this.#addLike(terms);
    const asked = terms.filter(({ query }) => query !== '');
    return {
      query: asked.map(({ query, others }) => anyOf([query, ...others.map(queryOf)])).join(' & '),
      stems: stemsOf(
        asked.flatMap(({ text, query, others }) => [
          text,
          query,
          ...others.flatMap((other) => [wordOf(other), queryOf(other)]),
        ]),
      ),
    };
  }

  async #addLike(terms: Term[]): Promise<void> {
    const texts = terms
      .map(({ text }) => text)
      .filter((text) => /^[\p{L}\p{M}]{4,40}$/u.test(text));
    if (texts.length === 0) return;
    const rows = await this.db.sql<Term>(likeWords, [texts]);
    for (const { text, others } of rows) {
      const farthest = text.length < 6 ? 1 : 2;
      const like = others.filter((other) => stepsBetween(text, wordOf(other)) <= farthest);
      for (const term of terms)
        if (term.text === text) term.others = [...term.others, ...like.slice(0, MOST_LIKE)];
    }
  }
}

function wordOf(other: string): string {
  return other.slice(0, other.indexOf('|'));
}

function queryOf(other: string): string {
  return other.slice(other.indexOf('|') + 1);
}

/** The queries come from Postgres, written and quoted by it. */
function anyOf(queries: string[]): string {
  return `(${[...new Set(queries.filter((query) => query !== ''))].join(' | ')})`;
}
