import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
} from 'class-validator';
import { IfSent, IsAddress, IsName } from '#core/http/field-rules.js';
import { LONGEST_NAME, LONGEST_NOTES, MOST_ADDRESSES } from '../customer-terms.js';
import { EachAnAddress } from './field-rules.js';

export class CreateCustomerDto {
  @ApiProperty({ format: 'email', maxLength: 254, description: 'The main address.' })
  @IsAddress()
  email!: string;

  @ApiPropertyOptional({ minLength: 1, maxLength: LONGEST_NAME })
  @IfSent()
  @IsName(LONGEST_NAME)
  name?: string;

  @ApiPropertyOptional({
    type: [String],
    maxItems: MOST_ADDRESSES - 1,
    description: 'Further addresses.',
  })
  @IfSent()
  @IsArray()
  @ArrayMaxSize(MOST_ADDRESSES - 1)
  @EachAnAddress()
  addresses?: string[];

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'Absent, the company of the domain.',
  })
  @IsOptional()
  @IsUUID()
  companyId?: string | null;

  @ApiPropertyOptional({ maxLength: LONGEST_NOTES })
  @IfSent()
  @IsString()
  @MaxLength(LONGEST_NOTES)
  notes?: string;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  @IfSent()
  @IsObject()
  fields?: Record<string, unknown>;
}
