import { Controller, Get, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiData, ApiPage } from '#core/http/api-responses.js';
import { Costs } from '#core/http/costs.js';
import { IdParam } from '#core/http/id.pipe.js';
import { PageQuery } from '#core/http/page.query.js';
import { DataResponse, PaginatedResponse } from '#core/http/responses.js';
import { CurrentPrincipal, RequirePermission } from '#core/tenancy/access.decorators.js';
import type { Principal } from '#core/tenancy/principal.js';
import { FileLinkDto } from '#modules/attachments/dto/attachment.dto.js';
import { Archives } from './archives.service.js';
import { ArchiveDto } from './dto/archive.dto.js';

@ApiTags('Organization')
@Controller('api/v1/organization/archives')
export class ArchivesController {
  constructor(private readonly archives: Archives) {}

  @Get()
  @ApiOperation({ summary: 'The archives that were asked for, the newest first' })
  @RequirePermission('organization:export')
  @ApiPage(ArchiveDto)
  async list(@Query() page: PageQuery) {
    return new PaginatedResponse(await this.archives.list(page.toRequest()));
  }

  @Post()
  @ApiOperation({
    summary: 'Ask for all that the organization has as one file; it is written in the background',
  })
  @RequirePermission('organization:export')
  @Costs(20)
  @ApiData(ArchiveDto, 201)
  async request(@CurrentPrincipal() by: Principal) {
    return new DataResponse(await this.archives.request(by));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One archive and how far it is' })
  @RequirePermission('organization:export')
  @ApiData(ArchiveDto)
  async get(@IdParam() id: string) {
    return new DataResponse(await this.archives.get(id));
  }

  @Post(':id/links')
  @ApiOperation({ summary: 'A link to the file, good for some minutes' })
  @RequirePermission('organization:export')
  @ApiData(FileLinkDto, 201)
  async link(@CurrentPrincipal() by: Principal, @IdParam() id: string) {
    return new DataResponse(await this.archives.link(by, id));
  }
}
