import { ApiProperty } from '@nestjs/swagger';
import { NOTIFICATION_REASONS, type NotificationReason } from '../notification-reasons.js';

export class UnsubscriptionDto {
  @ApiProperty({ description: 'The name of the organization whose mails they were.' })
  organization!: string;

  @ApiProperty({ enum: NOTIFICATION_REASONS, isArray: true })
  reasons!: NotificationReason[];
}
