import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, IsUUID, Length } from 'class-validator';
import { IsAddress, Trimmed } from '#core/http/field-rules.js';
import { PageQuery } from '#core/http/page.query.js';

export class CustomersQuery extends PageQuery {
  @ApiPropertyOptional({
    maxLength: 200,
    description: 'How a name, its last word or an address begins; the first 500 of each.',
  })
  @IsOptional()
  @Trimmed()
  @IsString()
  @Length(1, 200)
  q?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  companyId?: string;

  @ApiPropertyOptional({ format: 'email', description: 'Whose address it is.' })
  @IsOptional()
  @IsAddress()
  email?: string;
}
