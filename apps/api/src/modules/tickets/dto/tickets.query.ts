import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Length, Matches, Max, Min } from 'class-validator';
import type { PageRequest } from '#core/database/page.js';
import { IsInstant } from '#core/http/field-rules.js';
import {
  LARGEST_NUMBER,
  TICKET_PRIORITIES,
  TICKET_SORTS,
  TICKET_STATUSES,
  type TicketPriority,
  type TicketSort,
  type TicketStatus,
} from '../ticket-terms.js';
import { cursorForm } from '../ticket-list.view.js';
import { TicketListQuery } from './ticket-list.query.js';

const ASSIGNEE = /^(me|none|[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})$/;

export class TicketsQuery extends TicketListQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, description: 'The one with this number.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LARGEST_NUMBER)
  number?: number;

  @ApiPropertyOptional({ enum: TICKET_STATUSES })
  @IsOptional()
  @IsIn(TICKET_STATUSES)
  status?: TicketStatus;

  @ApiPropertyOptional({ enum: TICKET_PRIORITIES })
  @IsOptional()
  @IsIn(TICKET_PRIORITIES)
  priority?: TicketPriority;

  @ApiPropertyOptional({ description: "A person's id, `me` or `none`." })
  @IsOptional()
  @Matches(ASSIGNEE, { message: "assigneeId must be a person's id, me or none" })
  assigneeId?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Changed at or after.' })
  @IsOptional()
  @IsInstant()
  updatedSince?: string;

  @ApiPropertyOptional({
    maxLength: 200,
    description: 'Words of the subject; all of them must be there.',
  })
  @IsOptional()
  @Length(1, 200)
  subject?: string;

  @ApiPropertyOptional({ enum: TICKET_SORTS, default: '-updatedAt' })
  @IsOptional()
  @IsIn(TICKET_SORTS)
  sort?: TicketSort;

  override toRequest(): PageRequest {
    return super.toRequest(cursorForm(this.sort ?? '-updatedAt'));
  }
}
