import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayUnique, IsArray, IsBoolean, IsIn, IsInt, Matches, Max, Min } from 'class-validator';
import { IfSent, IsName } from '#core/http/field-rules.js';
import { FEATURES, type Feature } from '#core/tenancy/entitlement-terms.js';
import { WholeNumber, WholeNumberOrAny } from './whole-number.js';

const MOST = 2_000_000_000;

/** A version of a plan as whoever sells it says it: every field; null is any number. */
export class NewPlanVersionDto {
  @ApiProperty({ type: 'integer', minimum: 0, description: 'The newest version; 0: a new plan.' })
  @IsInt()
  @Min(0)
  @Max(MOST)
  basedOn!: number;

  @ApiProperty({ minLength: 1, maxLength: 100 })
  @IsName(100)
  name!: string;

  @ApiProperty({ example: 'EUR', pattern: '^[A-Z]{3}$' })
  @Matches(/^[A-Z]{3}$/)
  currency!: string;

  @WholeNumber(0, MOST)
  monthlyPrice!: number;

  @WholeNumber(0, MOST)
  yearlyPrice!: number;

  @WholeNumber(0, 365)
  trialDays!: number;

  @WholeNumberOrAny(1, 100_000)
  seats!: number | null;

  @WholeNumberOrAny(0, MOST)
  ticketsAMonth!: number | null;

  @WholeNumberOrAny(0, Number.MAX_SAFE_INTEGER)
  storageBytes!: number | null;

  @WholeNumberOrAny(1, MOST)
  callsAMinute!: number | null;

  @ApiProperty({ enum: FEATURES, isArray: true, maxItems: FEATURES.length })
  @IsArray()
  @ArrayUnique()
  @IsIn(FEATURES, { each: true })
  features!: Feature[];

  @ApiPropertyOptional({ default: true, description: 'Whether it can be taken.' })
  @IfSent()
  @IsBoolean()
  isOffered?: boolean;
}
