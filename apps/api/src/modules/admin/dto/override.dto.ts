import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsArray, IsIn, IsObject, ValidateNested } from 'class-validator';
import { IfSent, IsInstant, IsName } from '#core/http/field-rules.js';
import { FEATURES, type Feature } from '#core/tenancy/entitlement-terms.js';
import { WholeNumberOrAnyIfSent } from './whole-number.js';

const MOST = 2_000_000_000;
const ACCESSES = ['full', 'read_only'] as const;

export class OverrideTermsDto {
  @ApiPropertyOptional({ enum: ACCESSES, description: 'For who needs more time to pay, or less.' })
  @IfSent()
  @IsIn(ACCESSES)
  access?: (typeof ACCESSES)[number];

  @WholeNumberOrAnyIfSent(0, MOST)
  seats?: number | null;

  @WholeNumberOrAnyIfSent(0, MOST)
  ticketsAMonth?: number | null;

  @WholeNumberOrAnyIfSent(0, Number.MAX_SAFE_INTEGER)
  storageBytes?: number | null;

  @WholeNumberOrAnyIfSent(1, MOST)
  callsAMinute?: number | null;

  @ApiPropertyOptional({
    enum: FEATURES,
    isArray: true,
    description: 'Had beside those of the plan.',
  })
  @IfSent()
  @IsArray()
  @IsIn(FEATURES, { each: true })
  features?: Feature[];
}

export class NewOverrideDto {
  @ApiProperty({ description: 'Only what differs from the plan.' })
  @IsObject()
  @ValidateNested()
  @Type(() => OverrideTermsDto)
  terms!: OverrideTermsDto;

  @ApiProperty({ minLength: 1, maxLength: 500, description: 'Shown to the organization.' })
  @IsName(500)
  reason!: string;

  @ApiProperty({ format: 'date-time', description: 'From then on the plan alone counts.' })
  @IsInstant()
  until!: string;
}

export class OverrideDto extends NewOverrideDto {
  @ApiProperty({ example: 'Bella Billing' })
  givenBy!: string;
}
