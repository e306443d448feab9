import { ApiProperty } from '@nestjs/swagger';

export class EventActorDto {
  @ApiProperty({ enum: ['user', 'api_key', 'requester', 'staff', 'system'] })
  type!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  id!: string | null;
}

export class EventSubjectDto {
  @ApiProperty({ example: 'ticket' })
  type!: string;

  @ApiProperty({ format: 'uuid' })
  id!: string;
}

export class EventDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  organizationId!: string;

  @ApiProperty({ type: 'integer', description: 'Its place in the log: no gaps, never changed.' })
  seq!: number;

  @ApiProperty({ example: 'ticket.assigned' })
  type!: string;

  @ApiProperty({ format: 'date-time' })
  occurredAt!: string;

  @ApiProperty()
  actor!: EventActorDto;

  @ApiProperty()
  subject!: EventSubjectDto;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'Null when it was erased.',
  })
  data!: Record<string, unknown> | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'Field: [before, after].',
  })
  changes!: Record<string, unknown> | null;

  @ApiProperty({ type: String, nullable: true })
  requestId!: string | null;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The event that this one follows from.',
  })
  causationId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  operationId!: string | null;

  @ApiProperty({ type: 'integer' })
  depth!: number;
}
