import { ApiProperty } from '@nestjs/swagger';

export class AuditActorDto {
  @ApiProperty({ enum: ['user', 'api_key', 'requester', 'staff', 'system'] })
  type!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  id!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'As the person or key is called now.' })
  name!: string | null;
}

export class AuditSubjectDto {
  @ApiProperty({ example: 'user' })
  type!: string;

  @ApiProperty({ format: 'uuid' })
  id!: string;
}

export class AuditEventDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  organizationId!: string;

  @ApiProperty({ type: 'integer', description: 'Its place in the log.' })
  seq!: number;

  @ApiProperty({ example: 'user.role_changed' })
  type!: string;

  @ApiProperty({ format: 'date-time' })
  occurredAt!: string;

  @ApiProperty()
  actor!: AuditActorDto;

  @ApiProperty()
  subject!: AuditSubjectDto;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  data!: Record<string, unknown> | null;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  changes!: Record<string, unknown> | null;

  @ApiProperty({ type: String, nullable: true })
  requestId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  causationId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  operationId!: string | null;

  @ApiProperty({ type: 'integer' })
  depth!: number;
}
