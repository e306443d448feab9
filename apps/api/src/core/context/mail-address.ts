import { isEmail } from 'class-validator';

/** What stands in no address that people have: quotes, white space, and what cannot be seen. */
const NOT_IN_AN_ADDRESS = /["\\<>\s\p{Cc}\p{Cf}]/u;

/** Characters that an address may have (RFC 5321, 4.5.3.1.3, without its brackets). */
export const LONGEST_ADDRESS = 254;

/**
 * Whether it is an address that mail can be sent to (RFC 5321, 4.1.2) without a quoted local part: such a one may hold
 * the end of a line, and so a further header.
 */
export function isAddress(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length <= LONGEST_ADDRESS &&
    !NOT_IN_AN_ADDRESS.test(value) &&
    isEmail(value)
  );
}
