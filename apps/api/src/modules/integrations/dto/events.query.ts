import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { DEFAULT_LIMIT } from '#core/database/page.js';

const LARGEST_FEED = 1000;
const LONGEST_WAIT = 30;
const LONGEST_TYPES = 2000;
const TYPES = /^[a-z_]+\.(\*|[a-z_]+)(,[a-z_]+\.(\*|[a-z_]+))*$/;

/** What a reader of the log has, and what they want of it. */
export class EventStreamQuery {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    description:
      'The seq of the last event that you have, or the nextAfter of the answer before. Without it: from the start.',
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  after?: number;

  @ApiPropertyOptional({
    maxLength: LONGEST_TYPES,
    example: 'ticket.*,mail.sent',
    description: 'Only these types, separated by commas; `ticket.*` are all of ticket.',
  })
  @IsOptional()
  @MaxLength(LONGEST_TYPES)
  @Matches(TYPES, { message: 'types must be types of events such as ticket.*,mail.sent' })
  types?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Only what is about this.' })
  @IsOptional()
  @IsUUID()
  subjectId?: string;
}

export class EventsQuery extends EventStreamQuery {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: LARGEST_FEED,
    default: DEFAULT_LIMIT,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LARGEST_FEED)
  limit?: number;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: LONGEST_WAIT,
    default: 0,
    description: 'Seconds to wait for the first event when there is none yet.',
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(LONGEST_WAIT)
  wait?: number;
}
