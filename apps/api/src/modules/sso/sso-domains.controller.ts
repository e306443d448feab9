import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { ApiData, ApiMessage, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { PageQuery } from '#core/http/page.query.js';
import { DataResponse, MessageResponse, PaginatedResponse } from '#core/http/responses.js';
import { CurrentPrincipal, RequirePermission } from '#core/tenancy/access.decorators.js';
import type { Principal } from '#core/tenancy/principal.js';
import { CreateSsoDomainDto, SsoDomainDto } from './dto/sso-domain.dto.js';
import { SsoDomains } from './sso-domains.service.js';

@ApiTags('Single sign-on')
@Controller('api/v1/sso/domains')
@NotReplayed('a name is claimed once: the second time is refused and says so')
export class SsoDomainsController {
  constructor(private readonly domains: SsoDomains) {}

  @Get()
  @ApiOperation({ summary: 'The domains whose addresses sign in at a provider, the newest first' })
  @RequirePermission('security:read')
  @ApiPage(SsoDomainDto)
  async list(@Query() page: PageQuery) {
    return new PaginatedResponse(await this.domains.list(page.toRequest()));
  }

  @Post()
  @ApiOperation({ summary: 'Add a domain; the answer says which TXT record proves it' })
  @RequirePermission('security:write')
  @ApiData(SsoDomainDto, 201)
  async add(@CurrentPrincipal() by: Principal, @Body() body: CreateSsoDomainDto) {
    return new DataResponse(await this.domains.add(by, body.domain, body.connectionId));
  }

  @Post(':id/verification')
  @HttpCode(200)
  @ApiOperation({ summary: 'Look for the TXT record now' })
  @RequirePermission('security:write')
  @ApiData(SsoDomainDto)
  async verify(@CurrentPrincipal() by: Principal, @IdParam() id: string) {
    return new DataResponse(await this.domains.verify(by, id));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Remove a domain' })
  @RequirePermission('security:write')
  @ApiMessage()
  async remove(@CurrentPrincipal() by: Principal, @IdParam() id: string) {
    await this.domains.remove(by, id);
    return new MessageResponse('The domain is removed.');
  }
}
