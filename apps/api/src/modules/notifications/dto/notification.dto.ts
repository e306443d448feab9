import { ApiProperty } from '@nestjs/swagger';
import { NOTIFICATION_KINDS, type NotificationKind } from '../notification-reasons.js';

export class NotifiedTicketDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'integer' })
  number!: number;

  @ApiProperty()
  subject!: string;
}

export class NotificationDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({
    enum: NOTIFICATION_KINDS,
    description:
      'Somebody named you in a note; a ticket became yours; a customer answered on yours, or on one that nobody of your team has; a new ticket of your team. `suppressed`: there was too much within an hour to tell of each, and `count` says how much.',
  })
  kind!: NotificationKind;

  @ApiProperty({ type: NotifiedTicketDto, nullable: true, description: 'Null of `suppressed`.' })
  ticket!: NotifiedTicketDto | null;

  @ApiProperty({
    ...{ type: String, format: 'uuid', nullable: true },
    description: 'The note, or what the customer wrote: the latest.',
  })
  messageId!: string | null;

  @ApiProperty({
    ...{ type: String, nullable: true },
    description: 'Who did it, of several the latest; null for a program.',
  })
  actorName!: string | null;

  @ApiProperty({ type: 'integer', description: 'How often it happened before it was read.' })
  count!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readAt!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time', description: 'When it happened last; the list goes by it.' })
  latestAt!: string;
}
