import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { IfSent } from '#core/http/field-rules.js';
import { PageQuery } from '#core/http/page.query.js';
import { NOTIFICATION_KINDS, type NotificationKind } from '../notification-reasons.js';

export class NotificationsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ['true', 'false'], description: 'Those that are not read yet.' })
  @IsOptional()
  @IsIn(['true', 'false'])
  unread?: string;

  @ApiPropertyOptional({ enum: NOTIFICATION_KINDS })
  @IfSent()
  @IsIn(NOTIFICATION_KINDS)
  kind?: NotificationKind;
}

export class ReadingQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'Those about this ticket alone.' })
  @IfSent()
  @IsUUID()
  ticketId?: string;
}
