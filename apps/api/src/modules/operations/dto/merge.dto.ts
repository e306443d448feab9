import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { IfSent, IsName } from '#core/http/field-rules.js';
import { TicketDto } from '#modules/tickets/dto/ticket.dto.js';
import { MOST_IN_MERGE, MOST_IN_SPLIT } from '../operation-terms.js';
import { AreIds } from './bulk-rules.js';
import { OperationDto } from './operation.dto.js';

export class MergeDto {
  @ApiProperty({
    type: [String],
    minItems: 1,
    maxItems: MOST_IN_MERGE,
    description: 'The tickets that are merged into this one.',
  })
  @AreIds(MOST_IN_MERGE)
  ticketIds!: string[];
}

export class SplitDto {
  @ApiProperty({
    type: [String],
    minItems: 1,
    maxItems: MOST_IN_SPLIT,
    description: 'The messages that become a ticket of their own.',
  })
  @AreIds(MOST_IN_SPLIT)
  messageIds!: string[];

  @ApiPropertyOptional({
    maxLength: 500,
    description: 'The subject of the old ticket when left out.',
  })
  @IfSent()
  @IsName(500)
  subject?: string;
}

/** An operation, and the ticket that came of it. */
export class OperationWithTicketDto {
  @ApiProperty()
  operation!: OperationDto;

  @ApiProperty()
  ticket!: TicketDto;
}

export class UndoingDto {
  @ApiPropertyOptional({
    enum: ['unconflicted'],
    description:
      'For a bulk operation: undo the tickets that nobody changed since, and leave the others.',
  })
  @IfSent()
  @IsIn(['unconflicted'])
  force?: 'unconflicted';
}
