import { ScimInvalid } from './scim.exceptions.js';

/** One comparison: `userName eq "ada"`. The attribute is in lower case, without its schema and its own filter. */
export interface Condition {
  attribute: string;
  value: string | boolean | null;
}

const LONGEST_FILTER = 1_000;
const MOST_CONDITIONS = 10;
const CORE_SCHEMA = /^urn:ietf:params:scim:schemas:core:2\.0:(?:user|group):/i;
/** attribute, its own filter, its part; operator; value; then `and` or the end. */
const CONDITION =
  /\s*([a-z$][\w$:.-]*?)(\[[^\]]*\])?(\.[a-z]\w*)?\s+([a-z]{2})\s+("(?:[^"\\]|\\.)*"|true|false|null)\s*(?:\s(?=and\s)and\s|$)/iy;

/**
 * Reads a filter (RFC 7644, 3.4.2.2): comparisons by `eq`, joined by `and`, as Okta and Entra ID send them. Throws
 * {@link ScimInvalid} for any other: a filter that is not understood must not give everybody.
 */
export function readFilter(text: string): Condition[] {
  if (text.length > LONGEST_FILTER) throw notUnderstood();
  const conditions: Condition[] = [];
  CONDITION.lastIndex = 0;
  while (CONDITION.lastIndex < text.length) {
    const match = CONDITION.exec(text);
    if (!match || conditions.length === MOST_CONDITIONS) throw notUnderstood();
    const [, name, , part = '', operator, value] = match;
    if (operator!.toLowerCase() !== 'eq') throw notUnderstood();
    const attribute = `${name!.replace(CORE_SCHEMA, '')}${part}`.toLowerCase();
    conditions.push({ attribute, value: readValue(value!) });
  }
  if (conditions.length === 0) throw notUnderstood();
  return conditions;
}

function readValue(text: string): string | boolean | null {
  try {
    // `True` is written as well as `true`.
    const value = JSON.parse(text.startsWith('"') ? text : text.toLowerCase()) as
      string | boolean | null;
    // The database can keep neither, so nobody is called so.
    if (typeof value !== 'string' || (!value.includes('\u0000') && value.isWellFormed()))
      return value;
  } catch {
    throw notUnderstood();
  }
  throw notUnderstood();
}

function notUnderstood(): ScimInvalid {
  return new ScimInvalid(
    'invalidFilter',
    'The filter is not understood: compare attributes by eq, joined by and, as in userName eq "ada@acme.example".',
  );
}
