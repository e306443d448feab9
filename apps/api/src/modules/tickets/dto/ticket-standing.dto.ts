import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { TICKET_TYPES, type TicketType } from '../ticket-terms.js';

export class OtherTicketDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'integer' })
  number!: number;
}

/** Where a ticket stands in the desk, and what the organization wants to know of it. */
export class TicketStandingDto {
  @ApiProperty({ format: 'uuid', description: 'The state; `status` is its category.' })
  stateId!: string;

  @ApiProperty({ type: String, enum: TICKET_TYPES, nullable: true })
  type!: TicketType | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  teamId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  companyId!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Out of sight until then, or until the customer writes.',
  })
  snoozedUntil!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  mergedIntoId!: string | null;

  @ApiPropertyOptional({
    type: OtherTicketDto,
    nullable: true,
    description: 'Of one ticket alone.',
  })
  mergedInto?: OtherTicketDto | null;

  @ApiProperty({ type: [String], description: 'Who gets a copy of every reply.' })
  cc!: string[];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'The values of custom fields by their keys; in a list only with `include=fields`.',
  })
  fields?: Record<string, unknown>;

  @ApiProperty({
    type: 'integer',
    description: 'Counts the changes of its fields; part of the ETag.',
  })
  version!: number;
}
