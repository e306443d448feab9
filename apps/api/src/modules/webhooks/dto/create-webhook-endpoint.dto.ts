import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { IfSent, Trimmed } from '#core/http/field-rules.js';
import {
  A_TYPE,
  HIGHEST_RATE,
  MOST_AT_ONCE,
  MOST_TYPES,
  ORDERINGS,
  PAYLOADS,
  TYPE_PROBLEM,
  type Ordering,
  type Payload,
} from './webhook-terms.js';

export class CreateWebhookEndpointDto {
  @ApiProperty({ maxLength: 2000, example: 'https://hooks.acme.example/desk' })
  @Trimmed()
  @IsString()
  @Length(1, 2000)
  url!: string;

  @ApiPropertyOptional({ maxLength: 200 })
  @IfSent()
  @Trimmed()
  @IsString()
  @MaxLength(200)
  description?: string;

  @ApiPropertyOptional({ type: [String], maxItems: MOST_TYPES, example: ['ticket.*'] })
  @IfSent()
  @IsArray()
  @ArrayMaxSize(MOST_TYPES)
  @ArrayUnique()
  @Matches(A_TYPE, { each: true, message: TYPE_PROBLEM })
  types?: string[];

  @ApiPropertyOptional({ enum: PAYLOADS, default: 'full' })
  @IfSent()
  @IsIn(PAYLOADS)
  payload?: Payload;

  @ApiPropertyOptional({ enum: ORDERINGS, default: 'none' })
  @IfSent()
  @IsIn(ORDERINGS)
  ordering?: Ordering;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MOST_AT_ONCE, default: 5 })
  @IfSent()
  @IsInt()
  @Min(1)
  @Max(MOST_AT_ONCE)
  maxConcurrency?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: HIGHEST_RATE, default: 20 })
  @IfSent()
  @IsInt()
  @Min(1)
  @Max(HIGHEST_RATE)
  ratePerSecond?: number;

  @ApiPropertyOptional({ default: true })
  @IfSent()
  @IsBoolean()
  isEnabled?: boolean;
}
