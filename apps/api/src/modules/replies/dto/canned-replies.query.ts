import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { PageQuery } from '#core/http/page.query.js';

export class CannedRepliesQuery extends PageQuery {
  @ApiPropertyOptional({ maxLength: 100, description: 'What stands in its name.' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;
}
