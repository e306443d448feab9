import { ApiProperty } from '@nestjs/swagger';

export const EXPORT_FORMATS = ['csv', 'jsonl'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export class ExportIncludedDto {
  @ApiProperty()
  messages!: boolean;

  @ApiProperty({ description: 'With internal notes: whoever asked for it may read them.' })
  notes!: boolean;
}

export class ExportRequesterDto {
  @ApiProperty({ enum: ['user', 'api_key'] })
  type!: 'user' | 'api_key';

  @ApiProperty({ format: 'uuid' })
  id!: string;
}

export class ExportDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: EXPORT_FORMATS })
  format!: ExportFormat;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  conditions!: Record<string, unknown> | null;

  @ApiProperty()
  include!: ExportIncludedDto;

  @ApiProperty({ enum: ['queued', 'running', 'done', 'failed', 'expired'] })
  status!: 'queued' | 'running' | 'done' | 'failed' | 'expired';

  @ApiProperty({ type: 'integer', description: 'Tickets that are to be written.' })
  total!: number;

  @ApiProperty({ type: 'integer', description: 'Tickets that are written.' })
  done!: number;

  @ApiProperty({ type: String, nullable: true, description: 'Why it failed.' })
  problem!: string | null;

  @ApiProperty()
  requestedBy!: ExportRequesterDto;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  expiresAt!: string | null;
}
