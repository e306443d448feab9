import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SeenVersion } from '#core/context/version.js';
import { etagOf } from '#core/context/version.js';
import { ApiData, ApiMessage, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { IfMatch } from '#core/http/if-match.js';
import { PageQuery } from '#core/http/page.query.js';
import { DataResponse, MessageResponse, PaginatedResponse } from '#core/http/responses.js';
import { CurrentPrincipal, RequirePermission } from '#core/tenancy/access.decorators.js';
import type { Principal } from '#core/tenancy/principal.js';
import { ChangeViewDto, CreateViewDto } from './dto/change-view.dto.js';
import { ViewCountsQuery } from './dto/view-counts.query.js';
import { ViewCountDto, ViewDto } from './dto/view.dto.js';
import { ViewCounts } from './view-counts.service.js';
import { ViewsService } from './views.service.js';

/** The place of a view in a list. */
const POSITION = /^\d{1,5}$/;

@ApiTags('Views')
@Controller('api/v1/views')
export class ViewsController {
  constructor(
    private readonly views: ViewsService,
    private readonly counts: ViewCounts,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Your views, those of your teams and of the organization' })
  @RequirePermission('tickets:read')
  @ApiPage(ViewDto)
  async list(@Query() page: PageQuery) {
    return new PaginatedResponse(await this.views.list(page.toRequest(POSITION)));
  }

  @Get('counts')
  @ApiOperation({ summary: 'How many tickets are in views, to 10,000, as of some seconds ago' })
  @RequirePermission('tickets:read')
  @ApiData([ViewCountDto])
  async count(@Query() { ids, conditions }: ViewCountsQuery) {
    return new DataResponse(await this.counts.of(ids ?? [], conditions));
  }

  @Post()
  @ApiOperation({ summary: 'Keep a view; one that others see takes desk:write' })
  @RequirePermission('tickets:read')
  @ApiData(ViewDto, 201)
  async create(@CurrentPrincipal() by: Principal, @Body() view: CreateViewDto) {
    const made = await this.views.create(by, view);
    return new DataResponse(made, etagOf(made.version));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One view' })
  @RequirePermission('tickets:read')
  @ApiData(ViewDto)
  async get(@IdParam() id: string) {
    const view = await this.views.get(id);
    return new DataResponse(view, etagOf(view.version));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a view; one that others see takes desk:write' })
  @RequirePermission('tickets:read')
  @ApiData(ViewDto)
  async change(
    @CurrentPrincipal() by: Principal,
    @IdParam() id: string,
    @Body() change: ChangeViewDto,
    @IfMatch() seen: SeenVersion,
  ) {
    const view = await this.views.change(by, id, change, seen);
    return new DataResponse(view, etagOf(view.version));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Throw a view away; its tickets stay' })
  @RequirePermission('tickets:read')
  @ApiMessage()
  async remove(
    @CurrentPrincipal() by: Principal,
    @IdParam() id: string,
    @IfMatch() seen: SeenVersion,
  ) {
    await this.views.remove(by, id, seen);
    return new MessageResponse('The view is gone.');
  }
}
