import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ValidateBy, ValidateIf } from 'class-validator';
import { isId } from '#core/context/ids.js';

/**
 * Between one and `most` ids, each once, in the form that we write: two spellings of one would count as two. One pass,
 * because the lists are long and comparing each with each would hold everybody else up.
 */
export function AreIds(most: number): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      Array.isArray(value)
        ? value.map((id: unknown) => (typeof id === 'string' ? id.toLowerCase() : id))
        : value,
    ),
    ValidateBy({
      name: 'areIds',
      validator: {
        validate: (value: unknown) =>
          Array.isArray(value) &&
          value.length >= 1 &&
          value.length <= most &&
          value.every(isId) &&
          new Set(value).size === value.length,
        defaultMessage: () => `must be a list of 1 to ${most} different ids`,
      },
    }),
  );
}

/** Absent and null are both fine: null empties. */
export function IfValue(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined && value !== null);
}
