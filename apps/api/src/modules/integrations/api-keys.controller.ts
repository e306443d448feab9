import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiData, ApiMessage, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { PageQuery } from '#core/http/page.query.js';
import { DataResponse, MessageResponse, PaginatedResponse } from '#core/http/responses.js';
import { CurrentPrincipal, RequirePermission } from '#core/tenancy/access.decorators.js';
import type { Principal } from '#core/tenancy/principal.js';
import { ApiKeyCalls } from './api-key-calls.service.js';
import { ApiKeyRotation } from './api-key-rotation.service.js';
import { ApiKeysService } from './api-keys.service.js';
import { ApiKeyCallDto } from './dto/api-key-call.dto.js';
import { ApiKeyDto, CreatedApiKeyDto } from './dto/api-key.dto.js';
import { ChangeApiKeyDto, RotateApiKeyDto } from './dto/change-api-key.dto.js';
import { CreateApiKeyDto } from './dto/create-api-key.dto.js';

/** Hours that a secret goes on beside its successor, if nothing else is said. */
const USUAL_OVERLAP = 24;

@ApiTags('API keys')
@Controller('api/v1/api-keys')
export class ApiKeysController {
  constructor(
    private readonly keys: ApiKeysService,
    private readonly rotation: ApiKeyRotation,
    private readonly calls: ApiKeyCalls,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The API keys, the newest first; never a secret' })
  @RequirePermission('apiKeys:read')
  @ApiPage(ApiKeyDto)
  async list(@Query() page: PageQuery) {
    return new PaginatedResponse(await this.keys.list(page.toRequest()));
  }

  @Post()
  @ApiOperation({ summary: 'Make an API key; its secret is in this answer and in no other' })
  @RequirePermission('apiKeys:write')
  @ApiData(CreatedApiKeyDto, 201)
  async create(@CurrentPrincipal() principal: Principal, @Body() key: CreateApiKeyDto) {
    return new DataResponse(await this.keys.create(principal, key));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change what an API key may do, until when and from where' })
  @RequirePermission('apiKeys:write')
  @ApiData(ApiKeyDto)
  async change(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @Body() change: ChangeApiKeyDto,
  ) {
    return new DataResponse(await this.keys.change(principal, id, change));
  }

  @Post(':id/rotation')
  @ApiOperation({ summary: 'Give an API key a new secret; the one of before goes on for a while' })
  @RequirePermission('apiKeys:write')
  @ApiData(CreatedApiKeyDto, 201)
  async rotate(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @Body() { overlapHours }: RotateApiKeyDto,
  ) {
    return new DataResponse(
      await this.rotation.rotate(principal, id, overlapHours ?? USUAL_OVERLAP),
    );
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Revoke an API key, at once and everywhere' })
  @RequirePermission('apiKeys:write')
  @ApiMessage()
  async revoke(@IdParam() id: string) {
    await this.keys.revoke(id);
    return new MessageResponse('The API key is revoked.');
  }

  @Get(':id/calls')
  @ApiOperation({ summary: 'The last hundred calls of an API key, the newest first' })
  @RequirePermission('apiKeys:read')
  @ApiPage(ApiKeyCallDto)
  async listCalls(@IdParam() id: string, @Query() page: PageQuery) {
    return new PaginatedResponse(await this.calls.list(id, page.toRequest()));
  }
}
