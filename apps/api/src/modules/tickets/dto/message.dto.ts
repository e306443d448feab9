import { ApiProperty } from '@nestjs/swagger';
import { AttachmentDto } from '#modules/attachments/dto/attachment.dto.js';
import {
  MentionedPersonDto,
  MessageAuthorDto,
  MessageDeliveryDto,
  OriginTicketDto,
} from './message-parts.dto.js';

const COPIED = 'Addresses that got a copy.';
const FROM = 'Another ticket that it was written on, before a merge or a split.';
const FATE = 'What became of a reply; null for the others.';

export class MessageDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  ticketId!: string;

  @ApiProperty({
    enum: ['inbound', 'reply', 'note'],
    description: 'From the requester, to them, or among the team.',
  })
  kind!: string;

  @ApiProperty({ enum: ['api', 'web', 'email'] })
  channel!: string;

  @ApiProperty()
  author!: MessageAuthorDto;

  @ApiProperty({ description: 'Plain text.' })
  body!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Sanitised; null for plain text.' })
  html!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'What the writer repeated.' })
  quote!: string | null;

  @ApiProperty({ type: [String], description: COPIED })
  cc!: string[];

  @ApiProperty({ type: [String], description: COPIED })
  bcc!: string[];

  @ApiProperty({ type: [MentionedPersonDto] })
  mentions!: MentionedPersonDto[];

  @ApiProperty({ type: [AttachmentDto] })
  attachments!: AttachmentDto[];

  @ApiProperty({ type: OriginTicketDto, nullable: true, description: FROM })
  originTicket!: OriginTicketDto | null;

  @ApiProperty({ type: MessageDeliveryDto, nullable: true, description: FATE })
  delivery!: MessageDeliveryDto | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}
