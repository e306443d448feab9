import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import {
  decodeCursor,
  DEEPEST_SKIP,
  DEFAULT_LIMIT,
  LARGEST_LIMIT,
  type PageRequest,
} from '../database/page.js';
import { ValidationFailed } from '../errors/domain-error.js';

/** The page query that every list takes. Over-limit is refused, not clipped. */
export class PageQuery {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: DEEPEST_SKIP,
    default: 0,
    description: 'Items to pass over; for deep pages use cursor.',
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(DEEPEST_SKIP)
  skip?: number;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: LARGEST_LIMIT,
    default: DEFAULT_LIMIT,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LARGEST_LIMIT)
  limit?: number;

  @ApiPropertyOptional({ description: 'nextCursor of the page before. Excludes skip.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  cursor?: string;

  /** The request as services take it. Throws ValidationFailed for both of skip and cursor, or a foreign cursor. */
  toRequest(cursorForm?: RegExp): PageRequest {
    if (this.cursor !== undefined && this.skip !== undefined) {
      throw new ValidationFailed([{ field: 'cursor', problem: 'excludes skip: send one of them' }]);
    }
    return {
      skip: this.skip ?? 0,
      limit: this.limit ?? DEFAULT_LIMIT,
      cursor: this.cursor === undefined ? null : decodeCursor(this.cursor, cursorForm),
    };
  }
}
