import { Body, Controller, Delete, Get, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiData, ApiMessage, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { PageQuery } from '#core/http/page.query.js';
import { DataResponse, MessageResponse, PaginatedResponse } from '#core/http/responses.js';
import { CurrentPrincipal, RequirePermission } from '#core/tenancy/access.decorators.js';
import type { Principal } from '#core/tenancy/principal.js';
import {
  ChangeSsoConnectionDto,
  CreateSsoConnectionDto,
  SsoConnectionDto,
} from './dto/sso-connection.dto.js';
import { SsoEnforcementDto } from './dto/sso-domain.dto.js';
import { SsoConnections } from './sso-connections.service.js';
import { SsoEnforcement } from './sso-enforcement.service.js';
import { SsoLinks } from './sso-links.service.js';

@ApiTags('Single sign-on')
@Controller('api/v1/sso')
export class SsoController {
  constructor(
    private readonly connections: SsoConnections,
    private readonly enforcement: SsoEnforcement,
    private readonly links: SsoLinks,
  ) {}

  @Get('connections')
  @ApiOperation({ summary: 'The providers at which people sign in, the newest first' })
  @RequirePermission('security:read')
  @ApiPage(SsoConnectionDto)
  async list(@Query() page: PageQuery) {
    return new PaginatedResponse(await this.connections.list(page.toRequest()));
  }

  @Get('connections/:id')
  @ApiOperation({ summary: 'One of them; never its secret' })
  @RequirePermission('security:read')
  @ApiData(SsoConnectionDto)
  async get(@IdParam() id: string) {
    return new DataResponse(await this.connections.get(id));
  }

  @Post('connections')
  @ApiOperation({ summary: 'Connect an OpenID provider' })
  @RequirePermission('security:write')
  @ApiData(SsoConnectionDto, 201)
  async create(@CurrentPrincipal() by: Principal, @Body() connection: CreateSsoConnectionDto) {
    return new DataResponse(await this.connections.create(by, connection));
  }

  @Patch('connections/:id')
  @ApiOperation({ summary: 'Change a connection; its issuer stays' })
  @RequirePermission('security:write')
  @ApiData(SsoConnectionDto)
  async change(
    @CurrentPrincipal() by: Principal,
    @IdParam() id: string,
    @Body() change: ChangeSsoConnectionDto,
  ) {
    return new DataResponse(await this.connections.change(by, id, change));
  }

  @Delete('connections/:id')
  @ApiOperation({ summary: 'Delete a connection with its domains and its links to people' })
  @RequirePermission('security:write')
  @ApiMessage()
  async remove(@CurrentPrincipal() by: Principal, @IdParam() id: string) {
    await this.connections.remove(by, id);
    return new MessageResponse('The connection is deleted.');
  }

  @Get('enforcement')
  @ApiOperation({ summary: 'Whether single sign-on is required, and whether it can be' })
  @RequirePermission('security:read')
  @ApiData(SsoEnforcementDto)
  async enforced() {
    return new DataResponse(await this.enforcement.current());
  }

  @Put('enforcement')
  @ApiOperation({ summary: 'Require single sign-on of everybody but owners' })
  @RequirePermission('security:write')
  @ApiData(SsoEnforcementDto)
  async enforce(@CurrentPrincipal() by: Principal) {
    return new DataResponse(await this.enforcement.enforce(by));
  }

  @Delete('enforcement')
  @ApiOperation({ summary: 'Require it no longer' })
  @RequirePermission('security:write')
  @ApiData(SsoEnforcementDto)
  async unenforce(@CurrentPrincipal() by: Principal) {
    return new DataResponse(await this.enforcement.unenforce(by));
  }

  @Delete('links/:id')
  @ApiOperation({ summary: 'Forget who a person is at the providers (by their user id)' })
  @RequirePermission('security:write')
  @ApiMessage()
  async unlink(@CurrentPrincipal() by: Principal, @IdParam() id: string) {
    await this.links.forget(by, id);
    return new MessageResponse('The person is linked to no provider.');
  }
}
