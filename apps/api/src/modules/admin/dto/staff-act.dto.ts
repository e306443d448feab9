import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsUUID } from 'class-validator';
import { PageQuery } from '#core/http/page.query.js';

export class StaffActsQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'Those that touched this organization.' })
  @IsOptional()
  @IsUUID()
  organizationId?: string;
}

export class StaffActDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ example: 'staff.signed_in' })
  type!: string;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'Null for the command line.',
  })
  staffId!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Sam Staff' })
  staffName!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  organizationId!: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true })
  data!: Record<string, unknown>;

  @ApiProperty({ type: String, nullable: true })
  requestId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  address!: string | null;
}
