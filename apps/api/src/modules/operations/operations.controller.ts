import { Body, Controller, Get, Post, Put, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiData, ApiPage } from '#core/http/api-responses.js';
import { Costs } from '#core/http/costs.js';
import { IdParam } from '#core/http/id.pipe.js';
import { DataResponse, PaginatedResponse } from '#core/http/responses.js';
import { RequirePermission } from '#core/tenancy/access.decorators.js';
import { BulkOperations } from './bulk-operations.service.js';
import { BulkOperationDto } from './dto/bulk-operation.dto.js';
import { UndoingDto } from './dto/merge.dto.js';
import { OperationItemDto } from './dto/operation-item.dto.js';
import { OperationDto } from './dto/operation.dto.js';
import { OperationItemsQuery, OperationsQuery } from './dto/operations.query.js';
import { HiddenNotesOfOperations } from './hidden-notes.interceptor.js';
import { OperationsService } from './operations.service.js';
import { Undoings } from './undoings.service.js';

/** The place of an item in the order of its operation. */
const POSITION = /^\d{1,5}$/;

@ApiTags('Operations')
@UseInterceptors(HiddenNotesOfOperations)
@Controller('api/v1')
export class OperationsController {
  constructor(
    private readonly operations: OperationsService,
    private readonly bulk: BulkOperations,
    private readonly undoings: Undoings,
  ) {}

  @Post('bulk-operations')
  @ApiOperation({ summary: 'Change up to 10,000 tickets alike, in the background' })
  @RequirePermission('tickets:write')
  @Costs(20)
  @ApiData(OperationDto, 201)
  async changeMany(@Body() wanted: BulkOperationDto) {
    return new DataResponse(await this.bulk.request(wanted));
  }

  @Get('operations')
  @ApiOperation({ summary: 'Merges, splits, macros and bulk changes, the newest first' })
  @RequirePermission('tickets:write')
  @ApiPage(OperationDto)
  async list(@Query() query: OperationsQuery) {
    return new PaginatedResponse(await this.operations.list(query, query.toRequest()));
  }

  @Get('operations/:id')
  @ApiOperation({ summary: 'One operation, with how far it is' })
  @RequirePermission('tickets:write')
  @ApiData(OperationDto)
  async get(@IdParam() id: string) {
    return new DataResponse(await this.operations.get(id));
  }

  @Get('operations/:id/items')
  @ApiOperation({ summary: 'What the operation did to each ticket' })
  @RequirePermission('tickets:write')
  @ApiPage(OperationItemDto)
  async items(@IdParam() id: string, @Query() query: OperationItemsQuery) {
    return new PaginatedResponse(
      await this.operations.items(id, query.status, query.toRequest(POSITION)),
    );
  }

  @Put('operations/:id/undoing')
  @ApiOperation({ summary: 'Undo the operation as a whole, within 30 days' })
  @RequirePermission('tickets:write')
  @Costs(20)
  @ApiData(OperationDto)
  async undo(@IdParam() id: string, @Body() { force }: UndoingDto) {
    return new DataResponse(await this.undoings.undo(id, force));
  }
}
