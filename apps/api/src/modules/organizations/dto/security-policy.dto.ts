import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsInt,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { LONGEST_SESSION_HOURS, MOST_DOMAINS } from '../organization-terms.js';
import { IfSent } from '#core/http/field-rules.js';

export class SecurityPolicyDto {
  @ApiProperty({ type: 'integer', description: 'Hours after which everybody signs in anew.' })
  sessionHours!: number;

  @ApiProperty()
  secondFactorRequired!: boolean;

  @ApiProperty({
    type: [String],
    description: 'Domains of the addresses that may be invited; none means any.',
  })
  allowedDomains!: string[];

  @ApiProperty({ description: 'Set by PUT /api/v1/sso/enforcement.' })
  ssoRequired!: boolean;
}

export class ChangeSecurityDto {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: LONGEST_SESSION_HOURS })
  @IfSent()
  @IsInt()
  @Min(1)
  @Max(LONGEST_SESSION_HOURS)
  sessionHours?: number;

  @ApiPropertyOptional()
  @IfSent()
  @IsBoolean()
  secondFactorRequired?: boolean;

  @ApiPropertyOptional({ type: [String], maxItems: MOST_DOMAINS, example: ['acme.example'] })
  @IfSent()
  @IsArray()
  @ArrayMaxSize(MOST_DOMAINS)
  @ArrayUnique((domain: unknown) => String(domain).toLowerCase())
  @IsString({ each: true })
  @MaxLength(253, { each: true })
  @Matches(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i, {
    each: true,
    message: 'must be domains such as acme.example',
  })
  allowedDomains?: string[];
}
