import { ApiProperty } from '@nestjs/swagger';
import { WebhookDeliveryDto } from './webhook-delivery.dto.js';
import { PROBLEMS } from './webhook-terms.js';

const headers = { type: 'object', additionalProperties: { type: 'string' } } as const;

export class WebhookAttemptDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'integer', example: 1 })
  number!: number;

  @ApiProperty({ format: 'date-time' })
  startedAt!: string;

  @ApiProperty({ type: 'integer', description: 'Milliseconds.' })
  duration!: number;

  @ApiProperty({ description: 'Where it went.' })
  url!: string;

  @ApiProperty({ ...headers, description: 'Without the signature.' })
  requestHeaders!: Record<string, string>;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Null when there was no answer.' })
  status!: number | null;

  @ApiProperty({ ...headers, nullable: true })
  responseHeaders!: Record<string, string> | null;

  @ApiProperty({ type: String, nullable: true, description: 'Its first 16 KB.' })
  responseBody!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    enum: PROBLEMS,
    description: 'Why it did not succeed; null when it did.',
  })
  problem!: string | null;
}

export class WebhookDeliveryDetailDto extends WebhookDeliveryDto {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What is sent, as text; null for who may not read events.',
  })
  body!: string | null;

  @ApiProperty({ type: [WebhookAttemptDto], description: 'In order.' })
  tries!: WebhookAttemptDto[];
}
