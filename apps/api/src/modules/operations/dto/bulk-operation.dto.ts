import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDefined, IsObject, ValidateNested } from 'class-validator';
import { IfSent } from '#core/http/field-rules.js';
import { MOST_IN_BULK } from '../operation-terms.js';
import { BulkChangeDto } from './bulk-change.dto.js';
import { AreIds } from './bulk-rules.js';

export class BulkOperationDto {
  @ApiPropertyOptional({ type: [String], maxItems: MOST_IN_BULK })
  @IfSent()
  @AreIds(MOST_IN_BULK)
  ticketIds?: string[];

  @ApiPropertyOptional({
    ...{ type: 'object', additionalProperties: true },
    description: 'Instead of ids: those that these conditions let through at this moment.',
  })
  @IfSent()
  @IsObject()
  conditions?: object;

  @ApiProperty()
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => BulkChangeDto)
  change!: BulkChangeDto;
}
