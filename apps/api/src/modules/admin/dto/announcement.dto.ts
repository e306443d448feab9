import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsString, Length, ValidateNested } from 'class-validator';
import { IfSent, IsInstant, IsName, Trimmed } from '#core/http/field-rules.js';

const TONES = ['info', 'warning'] as const;
const LONGEST_TITLE = 200;
const LONGEST_TEXT = 2_000;

export class AnnouncementWordsDto {
  @ApiProperty({ minLength: 1, maxLength: LONGEST_TITLE })
  @IsName(LONGEST_TITLE)
  title!: string;

  @ApiProperty({ minLength: 1, maxLength: LONGEST_TEXT })
  @Trimmed()
  @IsString()
  @Length(1, LONGEST_TEXT)
  text!: string;
}

export class NewAnnouncementDto extends AnnouncementWordsDto {
  @ApiProperty({ enum: TONES })
  @IsIn(TONES)
  tone!: (typeof TONES)[number];

  @ApiPropertyOptional({ type: AnnouncementWordsDto, description: 'The same in Arabic.' })
  @IfSent()
  @ValidateNested()
  @Type(() => AnnouncementWordsDto)
  arabic?: AnnouncementWordsDto;

  @ApiPropertyOptional({ format: 'date-time', description: 'Now, when it is left out.' })
  @IfSent()
  @IsInstant()
  startsAt?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Until it is taken back, without.' })
  @IfSent()
  @IsInstant()
  endsAt?: string;
}

export class AnnouncementDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: TONES })
  tone!: string;

  @ApiProperty()
  title!: string;

  @ApiProperty()
  text!: string;

  @ApiProperty({ type: AnnouncementWordsDto, nullable: true, description: 'The same in Arabic.' })
  arabic!: AnnouncementWordsDto | null;

  @ApiProperty({ format: 'date-time' })
  startsAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endsAt!: string | null;
}

export class StaffAnnouncementDto extends AnnouncementDto {
  @ApiProperty({ example: 'Opal Operator', description: 'Who announced it.' })
  staffName!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  withdrawnAt!: string | null;
}
