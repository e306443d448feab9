import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { IsAddress, Trimmed } from '#core/http/field-rules.js';

export class NewRequesterDto {
  @ApiProperty({ format: 'email', maxLength: 254 })
  @IsAddress()
  email!: string;

  @ApiPropertyOptional({ maxLength: 200, description: 'Kept from the first sight of the address.' })
  @IsOptional()
  @Trimmed()
  @IsString()
  @MaxLength(200)
  name?: string;
}
