import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, Max, Min } from 'class-validator';
import {
  DIGEST_RHYTHMS,
  MAILINGS,
  NOTIFICATION_REASONS,
  type DigestRhythm,
  type Mailing,
  type NotificationReason,
} from '../notification-reasons.js';

export class NotificationChoiceDto {
  @ApiProperty({ enum: NOTIFICATION_REASONS })
  @IsIn(NOTIFICATION_REASONS)
  reason!: NotificationReason;

  @ApiProperty({ description: 'Whether the desk shows it.' })
  @IsBoolean()
  inApp!: boolean;

  @ApiProperty({ enum: MAILINGS })
  @IsIn(MAILINGS)
  mail!: Mailing;
}

export class DigestDto {
  @ApiProperty({ enum: DIGEST_RHYTHMS })
  @IsIn(DIGEST_RHYTHMS)
  every!: DigestRhythm;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: 23, description: 'Of a daily one.' })
  @IsInt()
  @Min(0)
  @Max(23)
  hour!: number;
}
