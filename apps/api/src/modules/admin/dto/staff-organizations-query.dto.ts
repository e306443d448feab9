import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { Trimmed } from '#core/http/field-rules.js';
import { PageQuery } from '#core/http/page.query.js';
import { STATUSES } from './staff-organization.dto.js';
import { STANDINGS, USAGES } from './staff-plan-standing.dto.js';

export class StaffOrganizationsQuery extends PageQuery {
  @ApiPropertyOptional({
    maxLength: 200,
    description: 'Part of the name or slug, or the whole id.',
  })
  @IsOptional()
  @Trimmed()
  @IsString()
  @Length(1, 200)
  search?: string;

  @ApiPropertyOptional({ enum: STATUSES })
  @IsOptional()
  @IsIn(STATUSES)
  status?: (typeof STATUSES)[number];

  @ApiPropertyOptional({
    maxLength: 50,
    example: 'team',
    description: 'The id of the plan it has.',
  })
  @IsOptional()
  @IsString()
  @Length(1, 50)
  plan?: string;

  @ApiPropertyOptional({ enum: STANDINGS, description: 'How the plan that it took stands.' })
  @IsOptional()
  @IsIn(STANDINGS)
  standing?: (typeof STANDINGS)[number];

  @ApiPropertyOptional({
    enum: USAGES,
    description: '80 to 99 % of some limit, or 100 % and more.',
  })
  @IsOptional()
  @IsIn(USAGES)
  usage?: (typeof USAGES)[number];
}
