import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { IfSent, IsName } from '#core/http/field-rules.js';
import { LONGEST_NAME, LONGEST_NOTES } from '../customer-terms.js';

export class ChangeCustomerDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: LONGEST_NAME })
  @IfSent()
  @IsName(LONGEST_NAME)
  name?: string;

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'Null for none. Their tickets that are not closed follow.',
  })
  @IsOptional()
  @IsUUID()
  companyId?: string | null;

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
