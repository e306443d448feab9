import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Equals, IsIn, IsInt, Max, Min } from 'class-validator';
import { IfSent, IsName } from '#core/http/field-rules.js';
import { TICKET_STATUSES, type TicketStatus } from '../ticket-terms.js';

export class TicketStateDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'Waiting for parts' })
  name!: string;

  @ApiProperty({ enum: TICKET_STATUSES, description: 'Never changes; `status` of its tickets.' })
  category!: TicketStatus;

  @ApiProperty({ type: 'integer' })
  position!: number;

  @ApiProperty({ description: 'What tickets get of which only the category is said.' })
  isDefault!: boolean;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  archivedAt!: string | null;

  @ApiProperty({ type: 'integer', description: 'Its ETag is this in quotes.' })
  version!: number;
}

export class CreateTicketStateDto {
  @ApiProperty({ minLength: 1, maxLength: 60, example: 'Waiting for parts' })
  @IsName(60)
  name!: string;

  @ApiProperty({ enum: TICKET_STATUSES })
  @IsIn(TICKET_STATUSES)
  category!: TicketStatus;

  @ApiPropertyOptional({ type: 'integer', description: 'Left out, it comes last.' })
  @IfSent()
  @IsInt()
  @Min(0)
  @Max(100_000)
  position?: number;
}

export class ChangeTicketStateDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: 60 })
  @IfSent()
  @IsName(60)
  name?: string;

  @ApiPropertyOptional({ type: 'integer' })
  @IfSent()
  @IsInt()
  @Min(0)
  @Max(100_000)
  position?: number;

  @ApiPropertyOptional({ enum: [true], description: 'Takes it from the one of its category.' })
  @IfSent()
  @Equals(true)
  isDefault?: true;
}
