import { ApiPropertyOptional, ApiProperty } from '@nestjs/swagger';
import { Equals, IsIn, IsString, Length } from 'class-validator';
import { IfSent } from '#core/http/field-rules.js';
import { DRAFT_KINDS, LONGEST_HTML, type DraftKind } from '../message-terms.js';
import { LONGEST_BODY, SETTABLE_STATUSES, type TicketStatus } from '../ticket-terms.js';
import { AreAddresses, IsBody, IsId } from './field-rules.js';
import { AreAttachments, AreMentions } from './message-rules.js';

const UPLOADED = 'What was uploaded by POST /attachments.';
const COPIES = 'Of a reply. Left out, the addresses that the ticket has.';
const SEEN = 'The newest message that you have seen: refused when the customer wrote after it.';

export class CreateMessageDto {
  @ApiProperty({
    enum: DRAFT_KINDS,
    description: 'A reply is mailed to the requester; a note stays in the team.',
  })
  @IsIn(DRAFT_KINDS)
  kind!: DraftKind;

  @ApiPropertyOptional({ minLength: 1, maxLength: LONGEST_BODY, description: 'Plain text.' })
  @IfSent()
  @IsBody()
  body?: string;

  @ApiPropertyOptional({
    maxLength: LONGEST_HTML,
    description: 'Instead of body, which is made from it.',
  })
  @IfSent()
  @IsString()
  @Length(1, LONGEST_HTML)
  html?: string;

  @ApiPropertyOptional({ type: [String], description: COPIES })
  @IfSent()
  @AreAddresses()
  cc?: string[];

  @ApiPropertyOptional({ type: [String], description: 'Of a reply.' })
  @IfSent()
  @AreAddresses()
  bcc?: string[];

  @ApiPropertyOptional({ type: [String], description: 'People whom a note names: they are told.' })
  @IfSent()
  @AreMentions()
  mentions?: string[];

  @ApiPropertyOptional({ type: [String], description: UPLOADED })
  @IfSent()
  @AreAttachments()
  attachmentIds?: string[];

  @ApiPropertyOptional({ format: 'uuid', description: SEEN })
  @IfSent()
  @IsId()
  lastSeenMessageId?: string;

  @ApiPropertyOptional({ enum: SETTABLE_STATUSES, description: 'What the ticket becomes with it.' })
  @IfSent()
  @IsIn(SETTABLE_STATUSES)
  status?: TicketStatus;

  @ApiPropertyOptional({ format: 'uuid', description: 'Excludes status.' })
  @IfSent()
  @IsId()
  stateId?: string;

  @ApiPropertyOptional({
    description: 'Your draft of that kind is what you send: it is gone then.',
  })
  @IfSent()
  @Equals(true)
  fromDraft?: true;
}
