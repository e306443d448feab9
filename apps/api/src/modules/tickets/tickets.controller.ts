import { Body, Controller, Get, Patch, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SeenVersion } from '#core/context/version.js';
import { ApiData, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { IfMatch } from '#core/http/if-match.js';
import { PaginatedResponse } from '#core/http/responses.js';
import { CurrentPrincipal, RequirePermission } from '#core/tenancy/access.decorators.js';
import type { Principal } from '#core/tenancy/principal.js';
import { CreateTicketDto } from './dto/create-ticket.dto.js';
import { TicketDto } from './dto/ticket.dto.js';
import { TicketResponse } from './dto/ticket.response.js';
import { toTicketFilter } from './dto/ticket-filter.js';
import { TicketsQuery } from './dto/tickets.query.js';
import { UpdateTicketDto } from './dto/update-ticket.dto.js';
import { HiddenNotes } from './hidden-notes.interceptor.js';
import { TicketList } from './ticket-list.service.js';
import { TicketsService } from './tickets.service.js';

@ApiTags('Tickets')
@UseInterceptors(HiddenNotes)
@Controller('api/v1/tickets')
export class TicketsController {
  constructor(
    private readonly tickets: TicketsService,
    private readonly found: TicketList,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The tickets that the filters let through' })
  @RequirePermission('tickets:read')
  @ApiPage(TicketDto)
  async list(@CurrentPrincipal() principal: Principal, @Query() query: TicketsQuery) {
    const filter = toTicketFilter(query, principal.actor.id);
    return new PaginatedResponse(
      await this.found.list(filter, query.sort ?? '-updatedAt', query.toRequest(), {
        withFields: query.include === 'fields',
        viewId: query.viewId,
      }),
    );
  }

  @Post()
  @ApiOperation({ summary: 'Open a ticket for a requester' })
  @RequirePermission('tickets:write')
  @ApiData(TicketDto, 201)
  async create(@Body() ticket: CreateTicketDto) {
    return new TicketResponse(await this.tickets.create(ticket));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One ticket, with its custom fields' })
  @RequirePermission('tickets:read')
  @ApiData(TicketDto)
  async get(@IdParam() id: string) {
    return new TicketResponse(await this.tickets.get(id));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change what is sent and leave the rest' })
  @RequirePermission('tickets:write')
  @ApiData(TicketDto)
  async update(
    @IdParam() id: string,
    @Body() change: UpdateTicketDto,
    @IfMatch() seen: SeenVersion,
  ) {
    return new TicketResponse(await this.tickets.update(id, change, { seen }));
  }
}
