import { ValidationFailed } from '../errors/domain-error.js';

/** Letters that a key may have: visible ASCII, as many clients send UUIDs and some send what they count by. */
const KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * The key of the header `Idempotency-Key`, or null without one. The quotes of a structured field
 * (draft-ietf-httpapi-idempotency-key-header) are no part of it. Throws {@link ValidationFailed} for what is no key.
 */
export function idempotencyKeyOf(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  const text = String(header).trim();
  const key = /^"(.*)"$/.exec(text)?.[1] ?? text;
  if (KEY.test(key)) return key;
  throw new ValidationFailed([
    { field: 'Idempotency-Key', problem: 'must be 1 to 255 visible ASCII letters without spaces' },
  ]);
}
