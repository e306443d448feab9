import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiData, ApiPage } from '#core/http/api-responses.js';
import { Costs } from '#core/http/costs.js';
import { IdParam } from '#core/http/id.pipe.js';
import { PageQuery } from '#core/http/page.query.js';
import { DataResponse, PaginatedResponse } from '#core/http/responses.js';
import { CurrentPrincipal, RequirePermission } from '#core/tenancy/access.decorators.js';
import type { Principal } from '#core/tenancy/principal.js';
import { FileLinkDto } from '#modules/attachments/dto/attachment.dto.js';
import { ExportDto } from './dto/export.dto.js';
import { RequestExportDto } from './dto/request-export.dto.js';
import { ExportsService } from './exports.service.js';

@ApiTags('Exports')
@Controller('api/v1/exports')
export class ExportsController {
  constructor(private readonly exports: ExportsService) {}

  @Get()
  @ApiOperation({ summary: 'The exports that were asked for, the newest first' })
  @RequirePermission('tickets:export')
  @ApiPage(ExportDto)
  async list(@CurrentPrincipal() by: Principal, @Query() page: PageQuery) {
    return new PaginatedResponse(await this.exports.list(by, page.toRequest()));
  }

  @Post()
  @ApiOperation({ summary: 'Ask for a file of tickets; it is written in the background' })
  @RequirePermission('tickets:export')
  @Costs(20)
  @ApiData(ExportDto, 201)
  async request(@CurrentPrincipal() by: Principal, @Body() wanted: RequestExportDto) {
    return new DataResponse(await this.exports.request(by, wanted));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One export and how far it is' })
  @RequirePermission('tickets:export')
  @ApiData(ExportDto)
  async get(@CurrentPrincipal() by: Principal, @IdParam() id: string) {
    return new DataResponse(await this.exports.get(by, id));
  }

  @Post(':id/links')
  @ApiOperation({ summary: 'A link to the file, good for some minutes' })
  @RequirePermission('tickets:export')
  @ApiData(FileLinkDto, 201)
  async link(@CurrentPrincipal() by: Principal, @IdParam() id: string) {
    return new DataResponse(await this.exports.link(by, id));
  }
}
