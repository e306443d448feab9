import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { etagOf, type SeenVersion } from '#core/context/version.js';
import { ApiData, ApiMessage, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { IfMatch } from '#core/http/if-match.js';
import { DataResponse, MessageResponse, PaginatedResponse } from '#core/http/responses.js';
import { CurrentPrincipal, RequirePermission } from '#core/tenancy/access.decorators.js';
import type { Principal } from '#core/tenancy/principal.js';
import { CannedRepliesQuery } from './dto/canned-replies.query.js';
import {
  CannedReplyDto,
  ChangeCannedReplyDto,
  CreateCannedReplyDto,
} from './dto/canned-reply.dto.js';
import { RenderedReplyDto, RenderReplyDto } from './dto/rendering.dto.js';
import { RepliesService } from './replies.service.js';

const BY_NAME = /^name$/;

@ApiTags('Canned replies')
@Controller('api/v1/canned-replies')
export class RepliesController {
  constructor(private readonly replies: RepliesService) {}

  @Get()
  @ApiOperation({ summary: 'Your own, those of your teams, and everybody’s, by name' })
  @RequirePermission('tickets:read')
  @ApiPage(CannedReplyDto)
  async list(@CurrentPrincipal() by: Principal, @Query() query: CannedRepliesQuery) {
    return new PaginatedResponse(
      await this.replies.list(by, query.q ?? '', query.toRequest(BY_NAME)),
    );
  }

  @Post()
  @ApiOperation({ summary: 'Keep a text that is said often' })
  @RequirePermission('tickets:write')
  @ApiData(CannedReplyDto, 201)
  async create(@CurrentPrincipal() by: Principal, @Body() reply: CreateCannedReplyDto) {
    return tagged(await this.replies.create(by, reply));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One of them' })
  @RequirePermission('tickets:read')
  @ApiData(CannedReplyDto)
  async get(@CurrentPrincipal() by: Principal, @IdParam() id: string) {
    return tagged(await this.replies.get(by, id));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change it' })
  @RequirePermission('tickets:write')
  @ApiData(CannedReplyDto)
  async change(
    @CurrentPrincipal() by: Principal,
    @IdParam() id: string,
    @Body() change: ChangeCannedReplyDto,
    @IfMatch() seen: SeenVersion,
  ) {
    return tagged(await this.replies.change(by, id, change, seen));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Delete it' })
  @RequirePermission('tickets:write')
  @ApiMessage()
  async delete(@CurrentPrincipal() by: Principal, @IdParam() id: string) {
    await this.replies.delete(by, id);
    return new MessageResponse('The canned reply is deleted.');
  }

  @Post(':id/rendering')
  @HttpCode(200)
  @ApiOperation({ summary: 'Its text for a ticket, with its places filled' })
  @RequirePermission('tickets:read')
  @ApiData(RenderedReplyDto)
  async render(
    @CurrentPrincipal() by: Principal,
    @IdParam() id: string,
    @Body() { ticketId }: RenderReplyDto,
  ) {
    return new DataResponse(await this.replies.render(by, id, ticketId));
  }
}

function tagged(reply: CannedReplyDto): DataResponse<CannedReplyDto> {
  return new DataResponse(reply, etagOf(reply.version));
}
