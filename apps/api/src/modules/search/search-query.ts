import { ValidationFailed } from '#core/errors/domain-error.js';
import { isId } from '#core/context/ids.js';

/** What a search asks for, as it was written. */
export interface SearchQuery {
  words: string[];
  phrases: string[];
  /** Whether the last word may be a beginning: nothing was written behind it. */
  isOpen: boolean;
  /** Numbers and ids that were asked for as such: those tickets come first. */
  numbers: number[];
  ids: string[];
  filters: { key: string; value: string }[];
}

const FILTER_KEYS = [
  'status',
  'assignee',
  'team',
  'tag',
  'priority',
  'type',
  'channel',
  'customer',
  'company',
  'after',
  'before',
  'has',
  'is',
] as const;

const PART = /"([^"]*)"?|([a-z]+):(?:"([^"]*)"?|([^\s"]*))|(\S+)/giu;
const MOST_WORDS = 12;
const MOST_FILTERS = 20;
const LARGEST_NUMBER = 2_147_483_647;

/** Reads words, "phrases", #numbers, ids and filters (`key:value`). Throws {@link ValidationFailed} saying what is none. */
export function parseSearch(text: string): SearchQuery {
  const query: SearchQuery = {
    ...{ words: [], phrases: [], isOpen: false, numbers: [], ids: [], filters: [] },
  };
  // Postgres keeps no text with a zero character in it.
  const clean = text.replaceAll('\0', ' ').normalize('NFC');
  for (const [whole, phrase, key, quoted, value, word] of clean.matchAll(PART)) {
    query.isOpen = false;
    if (phrase !== undefined) addPhrase(query, phrase);
    else if (key !== undefined && !(value ?? '').startsWith('//'))
      query.filters.push(filterOf(key.toLowerCase(), quoted ?? value ?? ''));
    else addWord(query, word ?? whole);
  }
  if (/\s$/u.test(clean)) query.isOpen = false;
  if (query.words.length + query.phrases.length > MOST_WORDS)
    refuse(`has more than ${MOST_WORDS} words`);
  if (query.filters.length > MOST_FILTERS) refuse(`has more than ${MOST_FILTERS} filters`);
  return query;
}

function addPhrase(query: SearchQuery, phrase: string): void {
  const words = phrase.trim();
  if (words !== '') query.phrases.push(words.slice(0, 200));
}

function addWord(query: SearchQuery, word: string): void {
  const number = /^#?(\d{1,10})$/.exec(word)?.[1];
  if (number !== undefined && Number(number) <= LARGEST_NUMBER) query.numbers.push(Number(number));
  if (isId(word.toLowerCase())) query.ids.push(word.toLowerCase());
  // What is written with the sign is the number of a ticket and nothing else.
  if (word.startsWith('#') && number !== undefined) return;
  const plain = word.toLowerCase().slice(0, 100);
  if (!/[\p{L}\p{N}]/u.test(plain)) return;
  query.words.push(plain);
  query.isOpen = /^[\p{L}\p{M}]{2,}$/u.test(plain);
}

function filterOf(key: string, value: string): { key: string; value: string } {
  if (!(FILTER_KEYS as readonly string[]).includes(key))
    refuse(
      `has an unknown filter, ${key}: there are ${FILTER_KEYS.join(', ')}; put words with a colon in quotes`,
    );
  if (value.trim() === '') refuse(`has a filter without a value: write ${key}: and what it is`);
  return { key, value: value.trim().slice(0, 200) };
}

function refuse(problem: string): never {
  throw new ValidationFailed([{ field: 'q', problem }]);
}
