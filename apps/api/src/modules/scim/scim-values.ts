import { ScimInvalid } from './scim.exceptions.js';

/** An object as it came; names of attributes are compared without regard to case (RFC 7643, 2.1). */
export type Json = Record<string, unknown>;

const LONGEST_LIST = 5_000;

/** `value` as an object. Throws {@link ScimInvalid}. */
export function asObject(value: unknown, what: string): Json {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new ScimInvalid('invalidSyntax', `${what} must be an object.`);
  return value as Json;
}

/** The attribute `name` of `object`, in whatever case it is written; undefined when it is absent. */
export function attribute(object: Json, name: string): unknown {
  if (Object.hasOwn(object, name)) return object[name];
  const wanted = name.toLowerCase();
  const key = Object.keys(object).find((candidate) => candidate.toLowerCase() === wanted);
  return key === undefined ? undefined : object[key];
}

/** A text of at most `most` characters; null for null and for nothing but spaces. Throws {@link ScimInvalid}. */
export function asText(value: unknown, what: string, most: number): string | null {
  if (value === null) return null;
  if (typeof value !== 'string') throw new ScimInvalid('invalidValue', `${what} must be a text.`);
  const text = value.normalize('NFC').trim();
  if ([...text].length > most || /[\u0000-\u001f\u007f]/.test(text))
    throw new ScimInvalid(
      'invalidValue',
      `${what} must be one line of at most ${most} characters.`,
    );
  return text === '' ? null : text;
}

/** A truth value, also as the text that Entra ID writes (`"False"`). Throws {@link ScimInvalid}. */
export function asBoolean(value: unknown, what: string): boolean {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
  if (word === true || word === 'true') return true;
  if (word === false || word === 'false') return false;
  throw new ScimInvalid('invalidValue', `${what} must be true or false.`);
}

/** A list; one value stands for a list of it. Throws {@link ScimInvalid}. */
export function asList(value: unknown, what: string): unknown[] {
  const list = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  if (list.length > LONGEST_LIST)
    throw new ScimInvalid('tooMany', `${what} must hold at most ${LONGEST_LIST} values.`);
  return list;
}
