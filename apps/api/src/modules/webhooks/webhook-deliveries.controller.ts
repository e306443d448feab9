import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiData, ApiPage } from '#core/http/api-responses.js';
import { Costs } from '#core/http/costs.js';
import { IdParam } from '#core/http/id.pipe.js';
import { PageQuery } from '#core/http/page.query.js';
import { DataResponse, PaginatedResponse } from '#core/http/responses.js';
import { CurrentPrincipal, RequirePermission } from '#core/tenancy/access.decorators.js';
import type { Principal } from '#core/tenancy/principal.js';
import { WebhookDeliveryDetailDto } from './dto/webhook-attempt.dto.js';
import { WebhookDeliveriesQuery, WebhookDeliveryDto } from './dto/webhook-delivery.dto.js';
import { ReplayEventsDto, WebhookReplayDto } from './dto/webhook-replay.dto.js';
import { POSITION, WebhookDeliveries } from './webhook-deliveries.service.js';
import { WebhookReplays } from './webhook-replays.service.js';

@ApiTags('Webhooks')
@Controller('api/v1')
export class WebhookDeliveriesController {
  constructor(
    private readonly deliveries: WebhookDeliveries,
    private readonly replays: WebhookReplays,
  ) {}

  @Get('webhook-endpoints/:id/deliveries')
  @ApiOperation({ summary: 'What was sent to an endpoint in 30 days, the newest first' })
  @RequirePermission('webhooks:read')
  @ApiPage(WebhookDeliveryDto)
  async list(@IdParam() id: string, @Query() query: WebhookDeliveriesQuery) {
    return new PaginatedResponse(await this.deliveries.list(id, query, query.toRequest(POSITION)));
  }

  @Post('webhook-endpoints/:id/pings')
  @ApiOperation({ summary: 'Send a test, which is no event of the log' })
  @RequirePermission('webhooks:write')
  @ApiData(WebhookDeliveryDto, 201)
  async ping(@IdParam() id: string) {
    return new DataResponse(await this.deliveries.ping(id));
  }

  @Get('webhook-deliveries/:id')
  @ApiOperation({ summary: 'One delivery: what is sent, each try and what came back' })
  @RequirePermission('webhooks:read')
  @ApiData(WebhookDeliveryDetailDto)
  async get(@CurrentPrincipal() by: Principal, @IdParam() id: string) {
    return new DataResponse(await this.deliveries.get(by, id));
  }

  @Post('webhook-deliveries/:id/replays')
  @ApiOperation({ summary: 'Send the event of a delivery once more, under the same webhook-id' })
  @RequirePermission('webhooks:write')
  @ApiData(WebhookDeliveryDto, 201)
  async replay(@IdParam() id: string) {
    return new DataResponse(await this.deliveries.replay(id));
  }

  @Get('webhook-endpoints/:id/replays')
  @ApiOperation({ summary: 'The replays of an endpoint, the newest first' })
  @RequirePermission('webhooks:read')
  @ApiPage(WebhookReplayDto)
  async listReplays(@IdParam() id: string, @Query() page: PageQuery) {
    return new PaginatedResponse(await this.replays.list(id, page.toRequest()));
  }

  @Post('webhook-endpoints/:id/replays')
  @ApiOperation({ summary: 'Send all events of a stretch of the log once more' })
  @RequirePermission('webhooks:write')
  @Costs(20)
  @ApiData(WebhookReplayDto, 201)
  async replayMany(@IdParam() id: string, @Body() range: ReplayEventsDto) {
    return new DataResponse(await this.replays.begin(id, range));
  }

  @Get('webhook-replays/:id')
  @ApiOperation({ summary: 'How far a replay has come' })
  @RequirePermission('webhooks:read')
  @ApiData(WebhookReplayDto)
  async getReplay(@IdParam() id: string) {
    return new DataResponse(await this.replays.get(id));
  }
}
