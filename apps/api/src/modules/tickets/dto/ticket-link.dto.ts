import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { TICKET_STATUSES } from '../ticket-terms.js';
import { LINK_KINDS, type LinkKind } from '../ticket-link-kinds.js';
import { IsId } from './field-rules.js';

export class LinkedTicketDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'integer' })
  number!: number;

  @ApiProperty()
  subject!: string;

  @ApiProperty({ enum: TICKET_STATUSES })
  status!: string;

  @ApiProperty({ format: 'uuid' })
  stateId!: string;
}

export class TicketLinkDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: LINK_KINDS, description: 'What the other ticket is to this one.' })
  kind!: LinkKind;

  @ApiProperty()
  ticket!: LinkedTicketDto;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class CreateTicketLinkDto {
  @ApiProperty({
    enum: LINK_KINDS,
    description:
      '`parent`: the other is the parent of this one. `blocks`: this one blocks the other; `blocked_by`: it waits for it.',
  })
  @IsIn(LINK_KINDS)
  kind!: LinkKind;

  @ApiProperty({ format: 'uuid', description: 'The other ticket.' })
  @IsId()
  ticketId!: string;
}
