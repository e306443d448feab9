import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsOptional,
  IsString,
  IsUUID,
  Length,
} from 'class-validator';
import { PageQuery } from '#core/http/page.query.js';

const MOST_RETRIED = 100;
const LONGEST_JOB_ID = 200;

export class SkippingQuery extends PickType(PageQuery, ['skip', 'limit']) {}

export class FailedJobsQuery extends SkippingQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'Those of this organization.' })
  @IsOptional()
  @IsUUID()
  organizationId?: string;
}

export class FailedJobDto {
  @ApiProperty({ example: 'teams.leave:01a1feaa-63b1-7742-8d15-01d6cb3dffa2:17' })
  id!: string;

  @ApiProperty({ example: 'teams.leave', description: 'What the job does.' })
  consumer!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  organizationId!: string | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'The event that it is about, by its place in the log of the organization.',
  })
  seq!: number | null;

  @ApiProperty({ type: 'integer', minimum: 0 })
  attempts!: number;

  @ApiProperty({ format: 'date-time' })
  failedAt!: string;

  @ApiProperty({ description: 'Without addresses and without what was quoted.' })
  reason!: string;

  @ApiProperty({ description: 'False when whoever wanted it was told: they ask anew.' })
  canRetry!: boolean;
}

export class RetryJobsDto {
  @ApiProperty({ isArray: true, type: String, minItems: 1, maxItems: MOST_RETRIED })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_RETRIED)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, LONGEST_JOB_ID, { each: true })
  jobIds!: string[];
}

export class RetriedJobsDto {
  @ApiProperty({ type: 'integer', minimum: 0 })
  retried!: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Gone, done, or not to be retried.' })
  passedOver!: number;
}
