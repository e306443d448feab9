import { ApiProperty } from '@nestjs/swagger';

export class ArchiveDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: ['queued', 'running', 'done', 'failed', 'expired'] })
  status!: 'queued' | 'running' | 'done' | 'failed' | 'expired';

  @ApiProperty({ type: 'integer', description: 'Parts that are to be written.' })
  total!: number;

  @ApiProperty({ type: 'integer', description: 'Parts that are written.' })
  done!: number;

  @ApiProperty({ type: String, nullable: true, description: 'Why it failed.' })
  problem!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  expiresAt!: string | null;
}
