import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { IfSent } from '#core/http/field-rules.js';
import { REPLAY_STATUSES } from './webhook-terms.js';

export class ReplayEventsDto {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, description: 'The first event.' })
  @IfSent()
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  fromSeq?: number;

  @ApiPropertyOptional({ type: 'integer', description: 'The last event; the newest, if not said.' })
  @IfSent()
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  toSeq?: number;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    description: 'Instead of both: all events after this one.',
  })
  @IfSent()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  sinceSeq?: number;
}

export class WebhookReplayDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  endpointId!: string;

  @ApiProperty({ type: 'integer' })
  fromSeq!: number;

  @ApiProperty({ type: 'integer' })
  toSeq!: number;

  @ApiProperty({ type: 'integer', description: 'The last event that was looked at.' })
  atSeq!: number;

  @ApiProperty({ type: 'integer', description: 'Deliveries that were made so far.' })
  made!: number;

  @ApiProperty({ enum: REPLAY_STATUSES })
  status!: (typeof REPLAY_STATUSES)[number];

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt!: string | null;
}
