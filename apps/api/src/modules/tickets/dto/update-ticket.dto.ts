import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsObject, IsOptional } from 'class-validator';
import { IfSent } from '#core/http/field-rules.js';
import {
  LONGEST_SUBJECT,
  SETTABLE_STATUSES,
  TICKET_PRIORITIES,
  TICKET_TYPES,
} from '../ticket-terms.js';
import type { TicketPriority, TicketStatus, TicketType } from '../ticket-terms.js';
import { AreAddresses, AreTags, IsId, IsSubject } from './field-rules.js';

export class UpdateTicketDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: LONGEST_SUBJECT })
  @IfSent()
  @IsSubject()
  subject?: string;

  @ApiPropertyOptional({ enum: TICKET_PRIORITIES })
  @IfSent()
  @IsIn(TICKET_PRIORITIES)
  priority?: TicketPriority;

  @ApiPropertyOptional({ type: String, enum: TICKET_TYPES, nullable: true })
  @IsOptional()
  @IsIn(TICKET_TYPES)
  type?: TicketType | null;

  @ApiPropertyOptional({ enum: SETTABLE_STATUSES, description: 'To close, put a closure.' })
  @IfSent()
  @IsIn(SETTABLE_STATUSES)
  status?: TicketStatus;

  @ApiPropertyOptional({
    format: 'uuid',
    description: 'Excludes `status`. To close, put a closure.',
  })
  @IfSent()
  @IsId()
  stateId?: string;

  @ApiPropertyOptional({ type: String, format: 'uuid', nullable: true })
  @IsOptional()
  @IsId()
  teamId?: string | null;

  @ApiPropertyOptional({
    type: [String],
    maxItems: 50,
    description: 'All of them: those left out are removed.',
  })
  @IfSent()
  @AreTags()
  tags?: string[];

  @ApiPropertyOptional({ type: [String], maxItems: 50, description: 'Beside those that it has.' })
  @IfSent()
  @AreTags()
  addTags?: string[];

  @ApiPropertyOptional({ type: [String], maxItems: 50 })
  @IfSent()
  @AreTags()
  removeTags?: string[];

  @ApiPropertyOptional({ type: [String], maxItems: 50, description: 'All of them.' })
  @IfSent()
  @AreAddresses()
  cc?: string[];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Custom fields by their keys; null empties, those left out stay.',
  })
  @IfSent()
  @IsObject()
  fields?: Record<string, unknown>;
}
