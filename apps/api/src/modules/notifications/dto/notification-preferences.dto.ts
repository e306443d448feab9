import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsDefined,
  IsIn,
  IsObject,
  IsString,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { MAIL_LOCALES, NOTIFICATION_REASONS } from '../notification-reasons.js';
import { DigestDto, NotificationChoiceDto } from './notification-choice.dto.js';

const isNotNull = (_: unknown, value: unknown): boolean => value !== null;

export class NotificationPreferencesDto {
  @ApiProperty({
    type: [NotificationChoiceDto],
    maxItems: NOTIFICATION_REASONS.length,
    description: 'A reason that is not sent stays as it is.',
  })
  @IsArray()
  @ArrayMaxSize(NOTIFICATION_REASONS.length)
  @ArrayUnique(({ reason }: NotificationChoiceDto) => reason)
  @ValidateNested({ each: true })
  @Type(() => NotificationChoiceDto)
  reasons!: NotificationChoiceDto[];

  @ApiProperty()
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => DigestDto)
  digest!: DigestDto;

  @ApiProperty({
    ...{ type: String, maxLength: 64, nullable: true, example: 'Europe/Berlin' },
    description: 'By whose clocks the hour is meant; null for the organization’s.',
  })
  @ValidateIf(isNotNull)
  @IsString()
  @MaxLength(64)
  timeZone!: string | null;

  @ApiProperty({
    ...{ type: String, enum: [...MAIL_LOCALES, null], nullable: true, example: 'en' },
    description: 'The language of the mails; null for the organization’s.',
  })
  @ValidateIf(isNotNull)
  @IsIn(MAIL_LOCALES)
  locale!: string | null;
}
