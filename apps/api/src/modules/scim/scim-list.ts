import { readFilter, type Condition } from './scim-filter.js';
import { ScimInvalid } from './scim.exceptions.js';

/** Resources that one answer holds at most; a directory asks for the rest. */
export const LARGEST_COUNT = 200;
const USUAL_COUNT = 100;
const DEEPEST_START = 1_000_000;

/** What a list is asked for (RFC 7644, 3.4.2). */
export interface ListRequest {
  conditions: Condition[];
  /** From 1. */
  startIndex: number;
  count: number;
}

/** The parameters of a URL, as they came. */
export type Query = Record<string, unknown>;

/** Reads filter, startIndex and count. A count that is too large is cut, as the RFC has it. Throws {@link ScimInvalid}. */
export function readListRequest(query: Query): ListRequest {
  const filter = asParameter(query.filter);
  return {
    conditions: filter === null ? [] : readFilter(filter),
    startIndex: Math.min(Math.max(readInteger(query.startIndex, 1), 1), DEEPEST_START),
    count: Math.min(Math.max(readInteger(query.count, USUAL_COUNT), 0), LARGEST_COUNT),
  };
}

/** The answer to a list. */
export function listResponse(resources: object[], totalResults: number, startIndex: number) {
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults,
    startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}

/** Which top-level attributes an answer shows (RFC 7644, 3.9). What is always returned stays. */
export class Attributes {
  readonly #only: Set<string> | null;
  readonly #without: Set<string>;

  constructor(query: Query) {
    this.#only = namesIn(query.attributes);
    this.#without = namesIn(query.excludedAttributes) ?? new Set();
  }

  shows(name: string): boolean {
    if (name === 'id' || name === 'schemas' || name === 'meta') return true;
    const key = name.toLowerCase();
    return this.#only === null ? !this.#without.has(key) : this.#only.has(key);
  }

  /** `resource` with what is to be shown of it. */
  of(resource: object): object {
    return Object.fromEntries(Object.entries(resource).filter(([name]) => this.shows(name)));
  }
}

function namesIn(value: unknown): Set<string> | null {
  const text = asParameter(value);
  if (text === null) return null;
  // Of `name.givenName` the whole of `name` is shown: more than asked for, and never less.
  return new Set(text.split(',').map((name) => name.trim().toLowerCase().split('.')[0]!));
}

function asParameter(value: unknown): string | null {
  if (value === undefined || value === '') return null;
  if (typeof value === 'string') return value;
  throw new ScimInvalid('invalidSyntax', 'A parameter of the URL was sent twice.');
}

function readInteger(value: unknown, otherwise: number): number {
  const text = asParameter(value);
  if (text === null) return otherwise;
  if (!/^-?\d{1,9}$/.test(text))
    throw new ScimInvalid('invalidValue', 'startIndex and count must be whole numbers.');
  return Number(text);
}
