import { ApiProperty } from '@nestjs/swagger';
import {
  OPERATION_KINDS,
  OPERATION_STATUSES,
  type OperationKind,
  type OperationStatus,
} from '../operation-terms.js';

const INSTANT = { type: String, format: 'date-time', nullable: true } as const;
const FREE = { type: 'object', additionalProperties: true } as const;

export class OperationActorDto {
  @ApiProperty({ enum: ['user', 'api_key'] })
  type!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  id!: string | null;

  @ApiProperty({ description: 'As it was at the time.' })
  name!: string;
}

export class OperationDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: OPERATION_KINDS })
  kind!: OperationKind;

  @ApiProperty({ enum: OPERATION_STATUSES })
  status!: OperationStatus;

  @ApiProperty({ type: 'integer', description: 'Tickets that it is about.' })
  total!: number;

  @ApiProperty({ type: 'integer', description: 'Of them, those that it is through with.' })
  done!: number;

  @ApiProperty({ type: 'integer', description: 'Those that could not be changed: see the items.' })
  failed!: number;

  @ApiProperty({ ...FREE, description: 'What was asked for.' })
  parameters!: Record<string, unknown>;

  @ApiProperty({ ...FREE, description: 'What came of it.' })
  result!: Record<string, unknown>;

  @ApiProperty()
  actor!: OperationActorDto;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty(INSTANT)
  finishedAt!: string | null;

  @ApiProperty({ ...INSTANT, description: 'Until when it can be undone.' })
  undoUntil!: string | null;

  @ApiProperty(INSTANT)
  undoneAt!: string | null;

  @ApiProperty({ description: 'Whether it can be undone now, unless somebody changed the same.' })
  canUndo!: boolean;
}
