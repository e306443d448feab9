import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsString,
  IsUUID,
  Length,
  Matches,
  ValidateBy,
} from 'class-validator';
import { Trimmed } from '#core/http/field-rules.js';
import { isAddress, LONGEST_ADDRESS } from '#core/context/mail-address.js';
import { LONGEST_BODY, LONGEST_SUBJECT, LONGEST_TAG, MOST_CC, MOST_TAGS } from '../ticket-terms.js';

const A_TAG = /^[^\s,][^,\n\r]*$/;

/** The subject of a ticket. */
export function IsSubject(): PropertyDecorator {
  return applyDecorators(Trimmed(), IsString(), Length(1, LONGEST_SUBJECT));
}

/** What somebody says, as plain text. */
export function IsBody(): PropertyDecorator {
  return applyDecorators(
    IsString(),
    Matches(/\S/, { message: 'body must not be empty' }),
    Length(1, LONGEST_BODY),
  );
}

/** An id, in the form that we write: ids are compared as text. */
export function IsId(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' ? value.toLowerCase() : value,
    ),
    IsUUID(),
  );
}

/** The tags of a ticket. */
export function AreTags(): PropertyDecorator {
  return applyDecorators(
    IsArray(),
    ArrayMaxSize(MOST_TAGS),
    ArrayUnique(),
    IsString({ each: true }),
    Length(1, LONGEST_TAG, { each: true }),
    Matches(A_TAG, {
      each: true,
      message: 'tags must not have commas, line breaks or a space at the start',
    }),
  );
}

/** Addresses that get a copy. */
export function AreAddresses(): PropertyDecorator {
  return applyDecorators(
    IsArray(),
    ArrayMaxSize(MOST_CC),
    ValidateBy(
      {
        name: 'areAddresses',
        validator: {
          validate: isAddress,
          defaultMessage: () =>
            `must be an e-mail address of at most ${LONGEST_ADDRESS} characters`,
        },
      },
      { each: true },
    ),
  );
}
