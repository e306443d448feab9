import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { etagOf, type SeenVersion } from '#core/context/version.js';
import { ApiData, ApiMessage, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { IfMatch } from '#core/http/if-match.js';
import { PageQuery } from '#core/http/page.query.js';
import { DataResponse, MessageResponse, PaginatedResponse } from '#core/http/responses.js';
import { CurrentPrincipal, RequirePermission } from '#core/tenancy/access.decorators.js';
import type { Principal } from '#core/tenancy/principal.js';
import { ChangeWebhookEndpointDto } from './dto/change-webhook-endpoint.dto.js';
import { CreateWebhookEndpointDto } from './dto/create-webhook-endpoint.dto.js';
import { CreatedWebhookEndpointDto, WebhookEndpointDto } from './dto/webhook-endpoint.dto.js';
import { CreatedWebhookSecretDto, WebhookSecretDto } from './dto/webhook-secret.dto.js';
import { WebhookEndpoints } from './webhook-endpoints.service.js';
import { WebhookSecrets } from './webhook-secrets.service.js';

@ApiTags('Webhooks')
@Controller('api/v1/webhook-endpoints')
export class WebhookEndpointsController {
  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly secrets: WebhookSecrets,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The webhook endpoints, the newest first; never a secret' })
  @RequirePermission('webhooks:read')
  @ApiPage(WebhookEndpointDto)
  async list(@Query() page: PageQuery) {
    return new PaginatedResponse(await this.endpoints.list(page.toRequest()));
  }

  @Post()
  @ApiOperation({ summary: 'Have events sent to an address; the secret is in this answer alone' })
  @RequirePermission('webhooks:write')
  @ApiData(CreatedWebhookEndpointDto, 201)
  async create(@CurrentPrincipal() by: Principal, @Body() endpoint: CreateWebhookEndpointDto) {
    const made = await this.endpoints.create(by, endpoint);
    return new DataResponse(made, etagOf(made.version));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One webhook endpoint' })
  @RequirePermission('webhooks:read')
  @ApiData(WebhookEndpointDto)
  async get(@IdParam() id: string) {
    const endpoint = await this.endpoints.get(id);
    return new DataResponse(endpoint, etagOf(endpoint.version));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a webhook endpoint, switch it off or on' })
  @RequirePermission('webhooks:write')
  @ApiData(WebhookEndpointDto)
  async change(
    @CurrentPrincipal() by: Principal,
    @IdParam() id: string,
    @Body() change: ChangeWebhookEndpointDto,
    @IfMatch() seen: SeenVersion,
  ) {
    const endpoint = await this.endpoints.change(by, id, change, seen);
    return new DataResponse(endpoint, etagOf(endpoint.version));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Delete a webhook endpoint: nothing is sent to it any more' })
  @RequirePermission('webhooks:write')
  @ApiMessage()
  async remove(@IdParam() id: string, @IfMatch() seen: SeenVersion) {
    await this.endpoints.remove(id, seen);
    return new MessageResponse('The webhook endpoint is gone.');
  }

  @Get(':id/secrets')
  @ApiOperation({ summary: 'The live secrets of an endpoint, never what they are' })
  @RequirePermission('webhooks:read')
  @ApiPage(WebhookSecretDto)
  async listSecrets(@IdParam() id: string) {
    return new PaginatedResponse(await this.secrets.list(id));
  }

  @Post(':id/secrets')
  @ApiOperation({ summary: 'Make a new secret; the one of before signs beside it for a day' })
  @RequirePermission('webhooks:write')
  @ApiData(CreatedWebhookSecretDto, 201)
  async rotate(@IdParam() id: string) {
    return new DataResponse(await this.secrets.rotate(id));
  }

  @Delete(':id/secrets/:secretId')
  @ApiOperation({ summary: 'End a secret at once' })
  @RequirePermission('webhooks:write')
  @ApiMessage()
  async endSecret(@IdParam() id: string, @IdParam('secretId') secretId: string) {
    await this.secrets.end(id, secretId);
    return new MessageResponse('The secret signs no more.');
  }
}
