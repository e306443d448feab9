import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { etagOf, type SeenVersion } from '#core/context/version.js';
import { ApiData, ApiMessage, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { IfMatch } from '#core/http/if-match.js';
import { PageQuery } from '#core/http/page.query.js';
import { DataResponse, MessageResponse, PaginatedResponse } from '#core/http/responses.js';
import { CurrentPrincipal, RequirePermission } from '#core/tenancy/access.decorators.js';
import type { Principal } from '#core/tenancy/principal.js';
import { OperationWithTicketDto } from '#modules/operations/dto/merge.dto.js';
import { MacroPreviewDto, PreviewMacroDto, RunMacroDto } from './dto/macro-run.dto.js';
import { ChangeMacroDto, CreateMacroDto, MacroDto } from './dto/macro.dto.js';
import { MacroRuns } from './macro-runs.service.js';
import { MacrosService } from './macros.service.js';
import type { VersionedMacro } from './macros.view.js';

const BY_NAME = /^name$/;

@ApiTags('Macros')
@Controller('api/v1')
export class MacrosController {
  constructor(
    private readonly macros: MacrosService,
    private readonly runs: MacroRuns,
  ) {}

  @Get('macros')
  @ApiOperation({ summary: 'Your own, those of your teams, and everybody’s, by name' })
  @RequirePermission('tickets:read')
  @ApiPage(MacroDto)
  async list(@CurrentPrincipal() by: Principal, @Query() query: PageQuery) {
    return new PaginatedResponse(await this.macros.list(by, query.toRequest(BY_NAME)));
  }

  @Post('macros')
  @ApiOperation({ summary: 'Keep several changes in one' })
  @RequirePermission('tickets:write')
  @ApiData(MacroDto, 201)
  async create(@CurrentPrincipal() by: Principal, @Body() macro: CreateMacroDto) {
    return tagged(await this.macros.create(by, macro));
  }

  @Get('macros/:id')
  @ApiOperation({ summary: 'One of them' })
  @RequirePermission('tickets:read')
  @ApiData(MacroDto)
  async get(@CurrentPrincipal() by: Principal, @IdParam() id: string) {
    return tagged(await this.macros.get(by, id));
  }

  @Patch('macros/:id')
  @ApiOperation({ summary: 'Change it' })
  @RequirePermission('tickets:write')
  @ApiData(MacroDto)
  async change(
    @CurrentPrincipal() by: Principal,
    @IdParam() id: string,
    @Body() change: ChangeMacroDto,
    @IfMatch() seen: SeenVersion,
  ) {
    return tagged(await this.macros.change(by, id, change, seen));
  }

  @Delete('macros/:id')
  @ApiOperation({ summary: 'Delete it' })
  @RequirePermission('tickets:write')
  @ApiMessage()
  async delete(@CurrentPrincipal() by: Principal, @IdParam() id: string) {
    await this.macros.delete(by, id);
    return new MessageResponse('The macro is deleted.');
  }

  @Post('macros/:id/preview')
  @HttpCode(200)
  @ApiOperation({ summary: 'What it would make of a ticket' })
  @RequirePermission('tickets:write')
  @ApiData(MacroPreviewDto)
  async preview(
    @CurrentPrincipal() by: Principal,
    @IdParam() id: string,
    @Body() { ticketId }: PreviewMacroDto,
  ) {
    return new DataResponse(await this.runs.preview(by, id, ticketId));
  }

  @Post('tickets/:id/macro-runs')
  @ApiOperation({ summary: 'Run a macro on the ticket' })
  @RequirePermission('tickets:write')
  @ApiData(OperationWithTicketDto, 201)
  async run(
    @CurrentPrincipal() by: Principal,
    @IdParam() id: string,
    @Body() { macroId, replyHtml }: RunMacroDto,
  ) {
    return new DataResponse(await this.runs.run(by, id, macroId, replyHtml));
  }
}

function tagged(macro: VersionedMacro): DataResponse<VersionedMacro> {
  return new DataResponse(macro, etagOf(macro.version));
}
