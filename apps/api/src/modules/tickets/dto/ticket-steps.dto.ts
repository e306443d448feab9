import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfSent, IsInstant } from '#core/http/field-rules.js';
import { IsId } from './field-rules.js';

export class SnoozeDto {
  @ApiProperty({ format: 'date-time', description: 'An instant to come.' })
  @IsInstant()
  until!: string;
}

export class ClosureDto {
  @ApiPropertyOptional({
    format: 'uuid',
    description: 'A closed state; the default one if left out.',
  })
  @IfSent()
  @IsId()
  stateId?: string;
}

export class TicketRequesterChangeDto {
  @ApiProperty({ format: 'uuid', description: 'A customer.' })
  @IsId()
  requesterId!: string;
}
