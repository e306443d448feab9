import { Body, Controller, Delete, Get, Patch, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { etagOf, type SeenVersion } from '#core/context/version.js';
import { ApiData, ApiMessage, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { IfMatch } from '#core/http/if-match.js';
import { DataResponse, MessageResponse, PaginatedResponse } from '#core/http/responses.js';
import { RequirePermission } from '#core/tenancy/access.decorators.js';
import {
  ChangeTicketStateDto,
  CreateTicketStateDto,
  TicketStateDto,
} from './dto/ticket-state.dto.js';
import { TicketStateSettings } from './ticket-state-settings.service.js';

@ApiTags('Ticket states')
@Controller('api/v1/ticket-states')
export class TicketStatesController {
  constructor(private readonly states: TicketStateSettings) {}

  @Get()
  @ApiOperation({ summary: 'All states in their order, the archived ones too' })
  @RequirePermission('tickets:read')
  @ApiPage(TicketStateDto)
  async list() {
    return new PaginatedResponse(await this.states.list());
  }

  @Post()
  @ApiOperation({ summary: 'Make a state within one of the five categories' })
  @RequirePermission('desk:write')
  @ApiData(TicketStateDto, 201)
  async create(@Body() state: CreateTicketStateDto) {
    return tagged(await this.states.create(state));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Rename or move a state, or make it the default of its category' })
  @RequirePermission('desk:write')
  @ApiData(TicketStateDto)
  async change(
    @IdParam() id: string,
    @Body() to: ChangeTicketStateDto,
    @IfMatch() seen: SeenVersion,
  ) {
    return tagged(await this.states.change(id, to, seen));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Archive a state; its tickets keep it' })
  @RequirePermission('desk:write')
  @ApiMessage()
  async archive(@IdParam() id: string) {
    await this.states.archive(id);
    return new MessageResponse('Archived.');
  }
}

function tagged(state: TicketStateDto): DataResponse<TicketStateDto> {
  return new DataResponse(state, etagOf(state.version));
}
