import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length, Matches, MaxLength } from 'class-validator';
import { IfSent, IsName, Trimmed } from '#core/http/field-rules.js';

export class BillingProfileDto {
  @ApiProperty({ maxLength: 200, example: 'Acme Support Ltd' })
  @IsName(200)
  name!: string;

  @ApiProperty({ maxLength: 500, example: '1 Acme Street\n12345 Acmeville' })
  @Trimmed()
  @IsString()
  @Length(1, 500)
  @Matches(/^[^\p{Cc}]*(\n[^\p{Cc}]*){0,7}$/u, { message: 'must be at most 8 lines of text' })
  address!: string;

  @ApiPropertyOptional({ maxLength: 50, example: 'DE123456789' })
  @IfSent()
  @Trimmed()
  @IsString()
  @MaxLength(50)
  @Matches(/^[A-Za-z0-9 ./-]*$/, { message: 'must be letters, digits, spaces, dots and dashes' })
  taxId?: string;
}
