import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsLocale, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { IsAddress, IsName } from '#core/http/field-rules.js';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../password-policy.js';

/** An address that mail can be sent to. */
export function Email(): PropertyDecorator {
  return applyDecorators(ApiProperty({ format: 'email', maxLength: 254 }), IsAddress());
}

/** The name of a person or an organization. */
export function Name(example: string): PropertyDecorator {
  const rules = { minLength: 1, maxLength: 200, example };
  return applyDecorators(ApiProperty(rules), IsName(200));
}

/** The same where it may be left out. */
export function OptionalName(description: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ minLength: 1, maxLength: 200, description }),
    IsOptional(),
    IsName(200),
  );
}

/** A password that is chosen now. */
export function NewPassword(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      minLength: SHORTEST_PASSWORD,
      maxLength: LONGEST_PASSWORD,
      description: 'Length matters, kinds of characters do not.',
    }),
    IsString(),
    Length(SHORTEST_PASSWORD, LONGEST_PASSWORD),
  );
}

/** A password that is compared with one that was chosen before. */
export function OldPassword(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ maxLength: LONGEST_PASSWORD }),
    IsString(),
    Length(1, LONGEST_PASSWORD),
  );
}

/** The language of the mails that follow (BCP 47). */
export function Language(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ maxLength: 35, example: 'en', description: 'Of the mails to come.' }),
    IsOptional(),
    IsLocale(),
    MaxLength(35),
  );
}
