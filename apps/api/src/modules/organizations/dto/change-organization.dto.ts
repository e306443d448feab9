import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';
import { LOCALES } from '../organization-terms.js';
import { IfSent, IsName, Trimmed } from '#core/http/field-rules.js';

export class ChangeOrganizationDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: 200 })
  @IfSent()
  @IsName(200)
  name?: string;

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: 60,
    description: 'The words of the slug. Its random end stays.',
  })
  @IfSent()
  @Trimmed()
  @IsString()
  @Length(1, 60)
  slug?: string;

  @ApiPropertyOptional({ maxLength: 64, example: 'Europe/Berlin' })
  @IfSent()
  @IsString()
  @MaxLength(64)
  timeZone?: string;

  @ApiPropertyOptional({ enum: LOCALES })
  @IfSent()
  @IsIn(LOCALES)
  locale?: string;

  @ApiPropertyOptional({ type: String, nullable: true, example: '#4338ca' })
  @IsOptional()
  @Matches(/^#[0-9a-fA-F]{6}$/, { message: 'must be a colour such as #4338ca' })
  accent?: string | null;
}
