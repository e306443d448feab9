import { Body, Controller, Delete, Get, Headers, Put, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { ApiMessage, ApiRaw } from '#core/http/api-responses.js';
import { MessageResponse } from '#core/http/responses.js';
import { RequirePermission } from '#core/tenancy/access.decorators.js';
import { OrganizationLogo, type Logo } from './organization-logo.service.js';
import { LogoTypeWrong } from './organizations.exceptions.js';

@ApiTags('Organization')
@Controller('api/v1/organization/logo')
@NotReplayed('it is so already when it is asked again')
export class OrganizationLogoController {
  constructor(private readonly logo: OrganizationLogo) {}

  @Get()
  @ApiOperation({ summary: 'The picture of the organization' })
  @RequirePermission('organization:read')
  @ApiRaw('image/png')
  async get(
    @Headers('if-none-match') known: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    send(reply, await this.logo.get(), known);
  }

  @Put()
  @ApiOperation({ summary: 'Give it one: PNG, JPEG or WebP as the body, at most 256 kB' })
  @ApiConsumes('image/png', 'image/jpeg', 'image/webp')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @RequirePermission('organization:write')
  @ApiMessage()
  async put(@Body() bytes: unknown) {
    await this.logo.put(asBytes(bytes));
    return new MessageResponse('The logo is changed.');
  }

  @Delete()
  @ApiOperation({ summary: 'Take it away' })
  @RequirePermission('organization:write')
  @ApiMessage()
  async remove() {
    await this.logo.remove();
    return new MessageResponse('The logo is gone.');
  }
}

function asBytes(body: unknown): Buffer<ArrayBuffer> {
  if (!Buffer.isBuffer(body)) throw new LogoTypeWrong();
  return body as Buffer<ArrayBuffer>;
}

/** Nothing that keeps answers may keep it past the one who asks; the digest spares sending it again (RFC 9110, 13.1.2). */
function send(reply: FastifyReply, { bytes, type, digest }: Logo, known: string | undefined): void {
  const tag = `"${digest}"`;
  reply.headers({ etag: tag, 'cache-control': 'private, no-cache' });
  if (known === tag) reply.code(304).send();
  else reply.type(type).send(bytes);
}
