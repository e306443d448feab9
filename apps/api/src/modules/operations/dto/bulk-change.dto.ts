import { ApiPropertyOptional } from '@nestjs/swagger';
import { Equals, IsIn, IsObject, IsUUID } from 'class-validator';
import { IfSent, IsInstant } from '#core/http/field-rules.js';
import {
  AreTags,
  SETTABLE_STATUSES,
  TICKET_PRIORITIES,
  TICKET_TYPES,
  type TicketPriority,
  type TicketStatus,
  type TicketType,
} from '#modules/tickets/dto/ticket-rules.dto.js';
import { IfValue } from './bulk-rules.js';

const AN_ID = { type: String, format: 'uuid', nullable: true } as const;

export class BulkChangeDto {
  @ApiPropertyOptional({ enum: SETTABLE_STATUSES })
  @IfSent()
  @IsIn(SETTABLE_STATUSES)
  status?: TicketStatus;

  @ApiPropertyOptional({ format: 'uuid' })
  @IfSent()
  @IsUUID()
  stateId?: string;

  @ApiPropertyOptional({ enum: [true], description: 'Closes the tickets.' })
  @IfSent()
  @Equals(true)
  closed?: true;

  @ApiPropertyOptional({ enum: TICKET_PRIORITIES })
  @IfSent()
  @IsIn(TICKET_PRIORITIES)
  priority?: TicketPriority;

  @ApiPropertyOptional({ enum: TICKET_TYPES, nullable: true })
  @IfValue()
  @IsIn(TICKET_TYPES)
  type?: TicketType | null;

  @ApiPropertyOptional(AN_ID)
  @IfValue()
  @IsUUID()
  assigneeId?: string | null;

  @ApiPropertyOptional(AN_ID)
  @IfValue()
  @IsUUID()
  teamId?: string | null;

  @ApiPropertyOptional({ type: [String] })
  @IfSent()
  @AreTags()
  addTags?: string[];

  @ApiPropertyOptional({ type: [String] })
  @IfSent()
  @AreTags()
  removeTags?: string[];

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'By key.' })
  @IfSent()
  @IsObject()
  fields?: Record<string, unknown>;

  @ApiPropertyOptional({ type: String, format: 'date-time', nullable: true })
  @IfValue()
  @IsInstant()
  snoozedUntil?: string | null;
}
