import { Body, Controller, Post, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiData } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { DataResponse } from '#core/http/responses.js';
import { CurrentPrincipal, RequirePermission } from '#core/tenancy/access.decorators.js';
import type { Principal } from '#core/tenancy/principal.js';
import { MergeDto, OperationWithTicketDto, SplitDto } from './dto/merge.dto.js';
import { OperationDto } from './dto/operation.dto.js';
import { HiddenNotesOfOperations } from './hidden-notes.interceptor.js';
import { Merges } from './merges.service.js';
import { Splits } from './splits.service.js';

@ApiTags('Operations')
@UseInterceptors(HiddenNotesOfOperations)
@Controller('api/v1/tickets/:id')
export class TicketOperationsController {
  constructor(
    private readonly merges: Merges,
    private readonly splits: Splits,
  ) {}

  @Post('merges')
  @ApiOperation({ summary: 'Merge other tickets into this one' })
  @RequirePermission('tickets:write')
  @ApiData(OperationDto, 201)
  async merge(@IdParam() id: string, @Body() { ticketIds }: MergeDto) {
    return new DataResponse(await this.merges.merge(id, ticketIds));
  }

  @Post('splits')
  @ApiOperation({ summary: 'Make a ticket of its own out of some messages' })
  @RequirePermission('tickets:write')
  @ApiData(OperationWithTicketDto, 201)
  async split(
    @CurrentPrincipal() { permissions }: Principal,
    @IdParam() id: string,
    @Body() { messageIds, subject }: SplitDto,
  ) {
    const seesNotes = permissions.has('notes:read');
    return new DataResponse(await this.splits.split(id, messageIds, { subject, seesNotes }));
  }
}
