import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDefined, IsIn, IsObject, ValidateIf, ValidateNested } from 'class-validator';
import { IfSent } from '#core/http/field-rules.js';
import { LONGEST_BODY, LONGEST_SUBJECT, TICKET_PRIORITIES, TICKET_TYPES } from '../ticket-terms.js';
import type { TicketPriority, TicketType } from '../ticket-terms.js';
import { AreAddresses, AreTags, IsBody, IsId, IsSubject } from './field-rules.js';
import { NewRequesterDto } from './new-requester.dto.js';

const SOMEBODY = { email: 'rita@customer.example', name: 'Rita Requester' };

export class CreateTicketDto {
  @ApiProperty({ minLength: 1, maxLength: LONGEST_SUBJECT })
  @IsSubject()
  subject!: string;

  @ApiProperty({ minLength: 1, maxLength: LONGEST_BODY, description: 'What the requester says.' })
  @IsBody()
  body!: string;

  @ApiPropertyOptional({ description: 'This or `requesterId`.', example: SOMEBODY })
  @ValidateIf((ticket: CreateTicketDto, value) => !ticket.requesterId || value !== undefined)
  @IsDefined()
  // A list of requesters would pass, each of them being valid.
  @IsObject()
  @ValidateNested()
  @Type(() => NewRequesterDto)
  requester?: NewRequesterDto;

  @ApiPropertyOptional({ format: 'uuid', description: 'A customer who is known already.' })
  @IfSent()
  @IsId()
  requesterId?: string;

  @ApiPropertyOptional({ enum: TICKET_PRIORITIES, default: 'normal' })
  @IfSent()
  @IsIn(TICKET_PRIORITIES)
  priority?: TicketPriority;

  @ApiPropertyOptional({ enum: TICKET_TYPES })
  @IfSent()
  @IsIn(TICKET_TYPES)
  type?: TicketType;

  @ApiPropertyOptional({ type: [String], maxItems: 50 })
  @IfSent()
  @AreTags()
  tags?: string[];

  @ApiPropertyOptional({ format: 'uuid' })
  @IfSent()
  @IsId()
  assigneeId?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'The default team if it is left out.' })
  @IfSent()
  @IsId()
  teamId?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'A state that is not a closed one.' })
  @IfSent()
  @IsId()
  stateId?: string;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  @IfSent()
  @IsObject()
  fields?: Record<string, unknown>;

  @ApiPropertyOptional({ type: [String], maxItems: 50 })
  @IfSent()
  @AreAddresses()
  cc?: string[];
}
