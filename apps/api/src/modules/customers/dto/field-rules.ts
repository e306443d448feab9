import { ValidateBy } from 'class-validator';
import { isAddress } from '#core/context/mail-address.js';

/** A list of e-mail addresses as they stand. */
export function EachAnAddress(): PropertyDecorator {
  return ValidateBy({
    name: 'eachAnAddress',
    validator: {
      validate: (value) => Array.isArray(value) && value.every(isAddress),
      defaultMessage: () => 'must be e-mail addresses',
    },
  });
}
