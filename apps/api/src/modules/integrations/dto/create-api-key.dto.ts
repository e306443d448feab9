import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  MaxLength,
} from 'class-validator';
import { IsName } from '#core/http/field-rules.js';
import { PERMISSION_NAMES, type Permission } from '#core/tenancy/permissions.js';
import { ENVIRONMENTS, type Environment } from '../api-key-secret.js';

const MOST_NETWORKS = 50;
const LONGEST_NETWORK = 64;

export class CreateApiKeyDto {
  @ApiProperty({ minLength: 1, maxLength: 100 })
  @IsName(100)
  name!: string;

  @ApiProperty({ enum: PERMISSION_NAMES, isArray: true, minItems: 1 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(PERMISSION_NAMES, { each: true })
  scopes!: Permission[];

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it stops working. Absent or null: a live key never, a test key in 30 days.',
  })
  @IsOptional()
  @IsISO8601({ strict: true })
  expiresAt?: string | null;

  @ApiPropertyOptional({
    enum: ENVIRONMENTS,
    default: 'live',
    description: 'A test key works on the same desk, says md_test_, and ends within 30 days.',
  })
  @IsOptional()
  @IsIn(ENVIRONMENTS)
  environment?: Environment;

  @ApiPropertyOptional({
    type: [String],
    maxItems: MOST_NETWORKS,
    description: 'CIDR blocks or addresses that it may be used from; anywhere, if none.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_NETWORKS)
  @IsString({ each: true })
  @MaxLength(LONGEST_NETWORK, { each: true })
  allowedNetworks?: string[];
}
