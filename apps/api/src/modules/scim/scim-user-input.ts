import { isAddress } from '#core/context/mail-address.js';
import type { PatchStep } from './scim-patch.js';
import { asBoolean, asList, asObject, asText, attribute, type Json } from './scim-values.js';
import { ScimInvalid } from './scim.exceptions.js';

const LONGEST_KEY = 254;
const LONGEST_NAME = 200;

/** What a directory wants of a person; undefined is not said. The address counts when a person is made, and never later. */
export interface UserChange {
  userName?: string;
  externalId?: string | null;
  givenName?: string | null;
  familyName?: string | null;
  /** `displayName`, else `name.formatted`. */
  displayName?: string | null;
  active?: boolean;
}

/** A whole person, as POST and PUT send one. */
export interface WholeUser extends UserChange {
  userName: string;
  externalId: string | null;
  givenName: string | null;
  familyName: string | null;
  displayName: string | null;
}

/** Reads a whole person. What is not known is passed over: `password` too, which is never a directory's to set. */
export function readUser(body: unknown): WholeUser {
  const user = asObject(body, 'The body');
  const name = attribute(user, 'name');
  const parts = name === undefined || name === null ? {} : asObject(name, 'name');
  const active = attribute(user, 'active');
  const formatted = asName(attribute(parts, 'formatted') ?? null, 'name.formatted');
  return {
    userName: asUserName(attribute(user, 'userName')),
    externalId: asText(attribute(user, 'externalId') ?? null, 'externalId', LONGEST_KEY),
    givenName: asName(attribute(parts, 'givenName') ?? null, 'name.givenName'),
    familyName: asName(attribute(parts, 'familyName') ?? null, 'name.familyName'),
    displayName: asName(attribute(user, 'displayName') ?? null, 'displayName') ?? formatted,
    ...(active === undefined ? {} : { active: asBoolean(active, 'active') }),
  };
}

/** The address of a person who is to be made: the primary one, else the first, else the userName. Throws {@link ScimInvalid}. */
export function readAddress(body: unknown, userName: string): string {
  const emails = asList(attribute(asObject(body, 'The body'), 'emails'), 'emails').map(toEmail);
  const wanted = emails.find(({ isPrimary }) => isPrimary) ?? emails[0];
  const address = wanted?.value ?? userName;
  if (isAddress(address)) return address;
  throw new ScimInvalid(
    'invalidValue',
    'A person needs an e-mail address: in emails, or as the userName.',
  );
}

/** Reads the steps of a PATCH. Those for attributes that we do not keep are passed over. */
export function readUserPatch(steps: PatchStep[]): UserChange {
  const change: UserChange = {};
  for (const step of steps) applyStep(change, step);
  return change;
}

function applyStep(change: UserChange, { op, attribute: name, part, value }: PatchStep): void {
  const given = op === 'remove' ? null : value;
  if (name === 'active' && op !== 'remove') change.active = asBoolean(unwrapped(given), 'active');
  else if (name === 'username') change.userName = asUserName(given);
  else if (name === 'externalid') change.externalId = asText(given, 'externalId', LONGEST_KEY);
  else if (name === 'displayname') change.displayName = asName(given, 'displayName');
  else if (name === 'name' && part === null) applyName(change, given);
  else if (name === 'name') applyNamePart(change, part!, given);
}

function applyName(change: UserChange, value: unknown): void {
  const parts: Json =
    value === null ? { givenName: null, familyName: null } : asObject(value, 'name');
  for (const [part, inner] of Object.entries(parts))
    applyNamePart(change, part.toLowerCase(), inner);
}

function applyNamePart(change: UserChange, part: string, value: unknown): void {
  if (part === 'givenname') change.givenName = asName(value, 'name.givenName');
  else if (part === 'familyname') change.familyName = asName(value, 'name.familyName');
  else if (part === 'formatted') change.displayName ??= asName(value, 'name.formatted');
}

/** Some directories send `[{"value": false}]` or `{"value": false}` for a plain value. */
function unwrapped(value: unknown): unknown {
  const first = Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value;
  return first !== null && typeof first === 'object' ? attribute(first as Json, 'value') : first;
}

function asUserName(value: unknown): string {
  const text = asText(value ?? null, 'userName', LONGEST_KEY);
  if (text === null) throw new ScimInvalid('invalidValue', 'userName is needed.');
  return text;
}

function asName(value: unknown, what: string): string | null {
  return asText(value, what, LONGEST_NAME);
}

function toEmail(value: unknown): { value: string; isPrimary: boolean } {
  if (typeof value === 'string') return { value: value.trim(), isPrimary: false };
  const email = asObject(value, 'An e-mail address');
  const text = asText(attribute(email, 'value') ?? null, 'emails.value', LONGEST_KEY);
  return { value: text ?? '', isPrimary: attribute(email, 'primary') === true };
}
