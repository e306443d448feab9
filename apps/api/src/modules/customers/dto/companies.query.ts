import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length } from 'class-validator';
import { Trimmed } from '#core/http/field-rules.js';
import { PageQuery } from '#core/http/page.query.js';

export class CompaniesQuery extends PageQuery {
  @ApiPropertyOptional({
    maxLength: 200,
    description: 'How a name or a domain begins; the first 500 of each.',
  })
  @IsOptional()
  @Trimmed()
  @IsString()
  @Length(1, 200)
  q?: string;
}
