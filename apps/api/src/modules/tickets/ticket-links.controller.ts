import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiData, ApiMessage, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { PageQuery } from '#core/http/page.query.js';
import { DataResponse, MessageResponse, PaginatedResponse } from '#core/http/responses.js';
import { CurrentPrincipal, RequirePermission } from '#core/tenancy/access.decorators.js';
import type { Principal } from '#core/tenancy/principal.js';
import { TicketEventDto } from './dto/ticket-event.dto.js';
import { CreateTicketLinkDto, TicketLinkDto } from './dto/ticket-link.dto.js';
import { TicketLinks } from './ticket-links.service.js';
import { TicketTimeline } from './ticket-timeline.service.js';

/** The place of an event in the log. */
const A_SEQ = /^\d{1,15}$/;

@ApiTags('Tickets')
@Controller('api/v1/tickets/:id')
export class TicketLinksController {
  constructor(
    private readonly links: TicketLinks,
    private readonly timeline: TicketTimeline,
  ) {}

  @Get('links')
  @ApiOperation({ summary: 'What other tickets are to this one' })
  @RequirePermission('tickets:read')
  @ApiPage(TicketLinkDto)
  async list(@IdParam() id: string) {
    return new PaginatedResponse(await this.links.list(id));
  }

  @Post('links')
  @ApiOperation({ summary: 'Say what another ticket is to this one' })
  @RequirePermission('tickets:write')
  @ApiData(TicketLinkDto, 201)
  async add(@IdParam() id: string, @Body() { kind, ticketId }: CreateTicketLinkDto) {
    return new DataResponse(await this.links.add(id, kind, ticketId));
  }

  @Delete('links/:linkId')
  @ApiOperation({ summary: 'Remove a link' })
  @RequirePermission('tickets:write')
  @ApiMessage()
  async remove(@IdParam() id: string, @IdParam('linkId') linkId: string) {
    await this.links.remove(id, linkId);
    return new MessageResponse('Removed.');
  }

  @Get('timeline')
  @ApiOperation({ summary: 'Everything that happened to a ticket, the newest first' })
  @RequirePermission('tickets:read')
  @ApiPage(TicketEventDto)
  async history(
    @CurrentPrincipal() { permissions }: Principal,
    @IdParam() id: string,
    @Query() page: PageQuery,
  ) {
    const seesNotes = permissions.has('notes:read');
    return new PaginatedResponse(await this.timeline.list(id, seesNotes, page.toRequest(A_SEQ)));
  }
}
