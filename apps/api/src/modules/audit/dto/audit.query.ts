import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsISO8601,
  IsOptional,
  IsUUID,
  Matches,
} from 'class-validator';
import { PageQuery } from '#core/http/page.query.js';
import { FORMATS, type Format } from '../log-format.js';
import { INSTANT, NOT_AN_INSTANT, type TrailScope } from '../trail.js';

const SCOPES = ['trail', 'all'] as const;
const MOST_TYPES = 30;

/** A list with commas, or a parameter that is there several times. */
const asList = ({ value }: { value: unknown }): unknown =>
  [value].flat().flatMap((part) => (typeof part === 'string' ? part.split(',') : [part]));

export class AuditEventsQuery extends PageQuery {
  @ApiPropertyOptional({
    type: String,
    example: 'auth.*,user.role_changed',
    description: 'Names with commas between them; `auth.*` is all of a domain.',
  })
  @IsOptional()
  @Transform(asList)
  @IsArray()
  @ArrayMaxSize(MOST_TYPES)
  @Matches(/^[a-z_]{1,40}\.(?:\*|[a-z_]{1,60})$/, { each: true })
  types?: string[];

  @ApiPropertyOptional({ format: 'uuid', description: 'The person, key or requester who did it.' })
  @IsOptional()
  @IsUUID()
  actorId?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'What it was done to.' })
  @IsOptional()
  @IsUUID()
  subjectId?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  @IsOptional()
  @IsISO8601({ strict: true })
  @Matches(INSTANT, NOT_AN_INSTANT)
  from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Not in it.' })
  @IsOptional()
  @IsISO8601({ strict: true })
  @Matches(INSTANT, NOT_AN_INSTANT)
  to?: string;
}

export class AuditExportQuery extends PickType(AuditEventsQuery, [
  'types',
  'actorId',
  'subjectId',
  'from',
  'to',
] as const) {
  @ApiProperty({ enum: FORMATS })
  @IsIn(FORMATS)
  format!: Format;

  @ApiPropertyOptional({
    enum: SCOPES,
    default: 'trail',
    description: 'The whole log proves by itself that nothing is missing.',
  })
  @IsOptional()
  @IsIn(SCOPES)
  scope?: TrailScope;
}
