import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '#core/http/page.query.js';
import {
  ITEM_STATUSES,
  OPERATION_KINDS,
  type ItemStatus,
  type OperationKind,
} from '../operation-terms.js';

export class OperationsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: OPERATION_KINDS })
  @IsOptional()
  @IsIn(OPERATION_KINDS)
  kind?: OperationKind;
}

export class OperationItemsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ITEM_STATUSES })
  @IsOptional()
  @IsIn(ITEM_STATUSES)
  status?: ItemStatus;
}
