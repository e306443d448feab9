import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { PageQuery } from '#core/http/page.query.js';
import { A_TYPE, DELIVERY_STATUSES, TYPE_PROBLEM, type DeliveryStatus } from './webhook-terms.js';

export class WebhookDeliveryDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  endpointId!: string;

  @ApiProperty({ format: 'uuid', description: 'The webhook-id that it carries: of the event.' })
  eventId!: string;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Null for a ping.' })
  seq!: number | null;

  @ApiProperty({ example: 'ticket.created' })
  type!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  subjectId!: string | null;

  @ApiProperty({ enum: DELIVERY_STATUSES })
  status!: DeliveryStatus;

  @ApiProperty({ type: 'integer', description: 'Tries so far.' })
  attempts!: number;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it is tried next; null when it is settled, or waits for another one.',
  })
  nextAttemptAt!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Of many events.' })
  replayId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Of this delivery.' })
  replayOf!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  settledAt!: string | null;
}

export class WebhookDeliveriesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: DELIVERY_STATUSES })
  @IsOptional()
  @IsIn(DELIVERY_STATUSES)
  status?: DeliveryStatus;

  @ApiPropertyOptional({ example: 'ticket.*', description: 'One type, or all of a domain.' })
  @IsOptional()
  @Matches(A_TYPE, { message: TYPE_PROBLEM })
  type?: string;

  @ApiPropertyOptional({ type: 'integer', description: 'Of events after this place of the log.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  after?: number;
}
