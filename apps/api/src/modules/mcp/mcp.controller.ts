import { Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppConfig } from '#core/config/config.module.js';
import { ApiRaw } from '#core/http/api-responses.js';
import { Costs } from '#core/http/costs.js';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { CurrentPrincipal, Public, SignedIn } from '#core/tenancy/access.decorators.js';
import { BehindFeature } from '#core/tenancy/feature-registry.js';
import type { Principal } from '#core/tenancy/principal.js';
import { DeskLoader } from './desk-loader.service.js';
import { exchange, refuseMethod } from './mcp.http.js';

const MESSAGE = {
  type: 'object',
  required: ['jsonrpc', 'method'],
  properties: {
    jsonrpc: { type: 'string', enum: ['2.0'] },
    id: { oneOf: [{ type: 'string' }, { type: 'integer' }] },
    method: { type: 'string' },
    params: { type: 'object', additionalProperties: true },
  },
  example: { jsonrpc: '2.0', id: 1, method: 'tools/list' },
};

@ApiTags('Language models')
@Controller('api/mcp')
@BehindFeature('mcp')
export class McpController {
  readonly #origin: string;

  constructor(
    private readonly loader: DeskLoader,
    { settings }: AppConfig,
  ) {
    this.#origin = new URL(settings.publicUrl).origin;
  }

  @Post()
  @HttpCode(200)
  // As a search: the dearest of the tools is one.
  @Costs(5)
  @NotReplayed('messages have ids of their own, and a draft is left once')
  @ApiOperation({ summary: 'One message of the Model Context Protocol (Streamable HTTP)' })
  @ApiBody({ schema: MESSAGE })
  @ApiRaw('application/json')
  @SignedIn('each tool asks for the permission of what it does')
  message(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return exchange(this.loader, caller, request, reply, this.#origin);
  }

  @Get()
  @ApiOperation({ summary: 'No stream is kept open: always 405' })
  @ApiRaw('application/json')
  @Public('says only that there is nothing')
  stream(@Res({ passthrough: true }) reply: FastifyReply): object {
    return refuseMethod(reply);
  }

  @Delete()
  @ApiOperation({ summary: 'No session is kept: always 405' })
  @ApiRaw('application/json')
  @Public('says only that there is nothing')
  end(@Res({ passthrough: true }) reply: FastifyReply): object {
    return refuseMethod(reply);
  }
}
