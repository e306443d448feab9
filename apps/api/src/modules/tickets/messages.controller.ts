import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiData, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { PageQuery } from '#core/http/page.query.js';
import { DataResponse, PaginatedResponse } from '#core/http/responses.js';
import { CurrentPrincipal, RequirePermission } from '#core/tenancy/access.decorators.js';
import type { Principal } from '#core/tenancy/principal.js';
import { CreateMessageDto } from './dto/create-message.dto.js';
import { MessageDto } from './dto/message.dto.js';
import { MessagesService } from './messages.service.js';

@ApiTags('Tickets')
@Controller('api/v1/tickets/:id/messages')
export class MessagesController {
  constructor(private readonly messages: MessagesService) {}

  @Get()
  @ApiOperation({ summary: 'The conversation of a ticket, the oldest first' })
  @RequirePermission('tickets:read')
  @ApiPage(MessageDto)
  async list(
    @CurrentPrincipal() { permissions }: Principal,
    @IdParam() ticketId: string,
    @Query() page: PageQuery,
  ) {
    const reader = { seesNotes: permissions.has('notes:read') };
    return new PaginatedResponse(await this.messages.list(ticketId, reader, page.toRequest()));
  }

  @Post()
  @ApiOperation({ summary: 'Reply to the requester, or leave a note for the team' })
  @RequirePermission('tickets:write')
  @ApiData(MessageDto, 201)
  async add(@IdParam() ticketId: string, @Body() message: CreateMessageDto) {
    return new DataResponse(await this.messages.add(ticketId, message, message));
  }
}
