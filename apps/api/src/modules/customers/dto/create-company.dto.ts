import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsObject, IsString, MaxLength } from 'class-validator';
import { IfSent, IsName } from '#core/http/field-rules.js';
import { LONGEST_NAME, LONGEST_NOTES, MOST_DOMAINS } from '../customer-terms.js';

class CompanyFieldsDto {
  @ApiPropertyOptional({
    type: [String],
    maxItems: MOST_DOMAINS,
    description: 'All of them; none of a public mail provider.',
  })
  @IfSent()
  @IsArray()
  @ArrayMaxSize(MOST_DOMAINS)
  @IsString({ each: true })
  @MaxLength(254, { each: true })
  domains?: string[];

  @ApiPropertyOptional({ maxLength: LONGEST_NOTES })
  @IfSent()
  @IsString()
  @MaxLength(LONGEST_NOTES)
  notes?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Values of custom fields by their keys; null removes one, those left out stay.',
  })
  @IfSent()
  @IsObject()
  fields?: Record<string, unknown>;
}

export class CreateCompanyDto extends CompanyFieldsDto {
  @ApiProperty({ minLength: 1, maxLength: LONGEST_NAME })
  @IsName(LONGEST_NAME)
  name!: string;
}

export class ChangeCompanyDto extends CompanyFieldsDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: LONGEST_NAME })
  @IfSent()
  @IsName(LONGEST_NAME)
  name?: string;
}
