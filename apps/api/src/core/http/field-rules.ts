import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsString, Length, Matches, ValidateBy, ValidateIf } from 'class-validator';
import { isInstant } from '../context/instant.js';
import { isAddress, LONGEST_ADDRESS } from '../context/mail-address.js';

/** A line of text: no control characters, which would break a mail's header or a list on a screen. */
const ONE_LINE = /^[^\p{Cc}\u2028\u2029]*$/u;

/** An e-mail address, without the white space around it. */
export function IsAddress(): PropertyDecorator {
  return applyDecorators(
    Trimmed(),
    ValidateBy({
      name: 'isAddress',
      validator: {
        validate: isAddress,
        defaultMessage: () => `must be an e-mail address of at most ${LONGEST_ADDRESS} characters`,
      },
    }),
  );
}

/** A moment that there is, and that the database can keep: weeks, the year 0 and the like are ISO 8601 too. */
export function IsInstant(): PropertyDecorator {
  return ValidateBy({
    name: 'isInstant',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isInstant(value),
      defaultMessage: () => 'must be a time, such as 2026-01-31T09:00:00Z',
    },
  });
}

/** White space around it is not part of it. */
export function Trimmed(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.trim() : value,
  );
}

/** Absent is fine, null is not: a field that is sent must have a value. */
export function IfSent(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}

/** A name for people to read: one line of 1 to `longest` characters. */
export function IsName(longest: number): PropertyDecorator {
  return applyDecorators(
    Trimmed(),
    IsString(),
    Length(1, longest),
    Matches(ONE_LINE, { message: 'must be one line of text' }),
  );
}
