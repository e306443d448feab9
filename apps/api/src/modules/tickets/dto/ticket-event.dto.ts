import { ApiProperty } from '@nestjs/swagger';

export class TicketEventActorDto {
  @ApiProperty({ enum: ['user', 'api_key', 'requester', 'staff', 'system'] })
  type!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  id!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'As it is now; null for the system.' })
  name!: string | null;
}

export class TicketEventDto {
  @ApiProperty({ type: 'integer' })
  seq!: number;

  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'ticket.assigned' })
  type!: string;

  @ApiProperty({ format: 'date-time' })
  occurredAt!: string;

  @ApiProperty()
  actor!: TicketEventActorDto;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'Each changed field as [before, after].',
  })
  changes!: Record<string, unknown> | null;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  data!: Record<string, unknown> | null;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The operation that it was a part of, by which it can be undone.',
  })
  operationId!: string | null;
}
