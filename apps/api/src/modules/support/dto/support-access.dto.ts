import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { MOST_HOURS, SUPPORT_SCOPES } from '../support-terms.service.js';

export class GrantDto {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: MOST_HOURS, example: 4 })
  @IsInt()
  @Min(1)
  @Max(MOST_HOURS)
  hours!: number;
}

export class SupportAccessDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: ['asked', 'granted', 'ended'] })
  status!: string;

  @ApiProperty({ format: 'uuid' })
  staffId!: string;

  @ApiProperty({ example: 'Sam Staff' })
  staffName!: string;

  @ApiProperty({ example: 'Ticket 4711: mails do not arrive' })
  reason!: string;

  @ApiProperty({ isArray: true, enum: SUPPORT_SCOPES })
  scopes!: string[];

  @ApiProperty({ type: 'integer', description: 'For how long it was asked.' })
  hours!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  grantedAt!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  grantedBy!: string | null;

  @ApiProperty({ description: 'Whether two operators let them in, without the organization.' })
  isForced!: boolean;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  expiresAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endedAt!: string | null;

  @ApiProperty({ type: String, nullable: true, enum: ['refused', 'revoked', 'given_back'] })
  endedBecause!: string | null;
}

export class CurrentSupportDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'Sam Staff' })
  staffName!: string;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
}
