import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, Max, Min, ValidateIf } from 'class-validator';

/** A whole number from `least` to `most` that must be sent. */
export function WholeNumber(least: number, most: number): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: 'integer', minimum: least, maximum: most }),
    IsInt(),
    Min(least),
    Max(most),
  );
}

/** The same, or null for any number. */
export function WholeNumberOrAny(least: number, most: number): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: 'integer', minimum: least, maximum: most, nullable: true }),
    ValidateIf((_, value) => value !== null),
    IsInt(),
    Min(least),
    Max(most),
  );
}

/** The same, which need not be sent. */
export function WholeNumberOrAnyIfSent(least: number, most: number): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: 'integer', minimum: least, maximum: most, nullable: true }),
    ValidateIf((_, value) => value !== undefined && value !== null),
    IsInt(),
    Min(least),
    Max(most),
  );
}
