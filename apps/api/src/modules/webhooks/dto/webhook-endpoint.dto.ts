import { ApiProperty } from '@nestjs/swagger';
import {
  DISABLED_BECAUSE,
  ORDERINGS,
  PAYLOADS,
  type Ordering,
  type Payload,
} from './webhook-terms.js';

const time = { type: String, format: 'date-time', nullable: true } as const;

export class WebhookEndpointDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'https://hooks.acme.example/desk' })
  url!: string;

  @ApiProperty()
  description!: string;

  @ApiProperty({ type: [String], example: ['ticket.*'], description: 'All events, if none.' })
  types!: string[];

  @ApiProperty({ enum: PAYLOADS })
  payload!: Payload;

  @ApiProperty({ enum: ORDERINGS })
  ordering!: Ordering;

  @ApiProperty({ type: 'integer' })
  maxConcurrency!: number;

  @ApiProperty({ type: 'integer' })
  ratePerSecond!: number;

  @ApiProperty()
  isEnabled!: boolean;

  @ApiProperty(time)
  disabledAt!: string | null;

  @ApiProperty({ type: String, enum: DISABLED_BECAUSE, nullable: true })
  disabledBecause!: (typeof DISABLED_BECAUSE)[number] | null;

  @ApiProperty({ ...time, description: 'Since when nothing but failures came back.' })
  failingSince!: string | null;

  @ApiProperty(time)
  lastDeliveredAt!: string | null;

  @ApiProperty({ type: 'integer', description: 'The last event of the log that was looked at.' })
  atSeq!: number;

  @ApiProperty({ type: 'integer', description: 'Deliveries that are not settled.' })
  waiting!: number;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class CreatedWebhookEndpointDto extends WebhookEndpointDto {
  @ApiProperty({ example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=' })
  secret!: string;
}
