import { ApiProperty } from '@nestjs/swagger';
import { ITEM_STATUSES, type ItemStatus } from '../operation-terms.js';

const FREE = { type: 'object', additionalProperties: true } as const;

export class OperatedTicketDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'integer' })
  number!: number;

  @ApiProperty()
  subject!: string;
}

export class OperationItemDto {
  @ApiProperty({ type: 'integer' })
  position!: number;

  @ApiProperty()
  ticket!: OperatedTicketDto;

  @ApiProperty({ enum: ITEM_STATUSES })
  status!: ItemStatus;

  @ApiProperty({ type: String, nullable: true, description: 'Why it was left as it is.' })
  problem!: string | null;

  @ApiProperty({ ...FREE, description: 'The fields that were changed, as they were.' })
  before!: Record<string, unknown>;

  @ApiProperty({ ...FREE, description: 'The same fields, as the operation left them.' })
  after!: Record<string, unknown>;
}
