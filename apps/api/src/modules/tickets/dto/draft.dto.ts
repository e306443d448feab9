import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { IfSent } from '#core/http/field-rules.js';
import { AttachmentDto } from '#modules/attachments/dto/attachment.dto.js';
import { DRAFT_KINDS, LONGEST_HTML } from '../message-terms.js';
import { AreAddresses } from './field-rules.js';
import { AreAttachments, AreMentions } from './message-rules.js';

export class DraftDto {
  @ApiProperty({ enum: DRAFT_KINDS })
  kind!: string;

  @ApiProperty({ description: 'Sanitised.' })
  html!: string;

  @ApiProperty({ type: [String], nullable: true, description: "Null for the ticket's own." })
  cc!: string[] | null;

  @ApiProperty({ type: [String] })
  bcc!: string[];

  @ApiProperty({ type: [String], format: 'uuid' })
  mentions!: string[];

  @ApiProperty({ type: [AttachmentDto] })
  attachments!: AttachmentDto[];

  @ApiProperty({ type: 'integer', description: 'Send it as If-Match, in quotes.' })
  version!: number;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class PutDraftDto {
  @ApiProperty({ maxLength: LONGEST_HTML })
  @IsString()
  @MaxLength(LONGEST_HTML)
  html!: string;

  @ApiPropertyOptional({ type: [String] })
  @IfSent()
  @AreAddresses()
  cc?: string[];

  @ApiPropertyOptional({ type: [String] })
  @IfSent()
  @AreAddresses()
  bcc?: string[];

  @ApiPropertyOptional({ type: [String] })
  @IfSent()
  @AreMentions()
  mentions?: string[];

  @ApiPropertyOptional({ type: [String] })
  @IfSent()
  @AreAttachments()
  attachmentIds?: string[];
}

export class OwnDraftDto {
  @ApiProperty({ format: 'uuid' })
  ticketId!: string;

  @ApiProperty({ type: 'integer' })
  number!: number;

  @ApiProperty()
  subject!: string;

  @ApiProperty({ enum: DRAFT_KINDS })
  kind!: string;

  @ApiProperty({ description: 'Its first words.' })
  excerpt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}
