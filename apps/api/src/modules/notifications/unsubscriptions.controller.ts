import { Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiData, ApiRedirect } from '#core/http/api-responses.js';
import { DataResponse } from '#core/http/responses.js';
import { TakesStream } from '#core/http/streamed-body.js';
import { Public } from '#core/tenancy/access.decorators.js';
import { UnsubscriptionDto } from './dto/unsubscription.dto.js';
import { UnsubscribeLinks } from './unsubscribe-links.service.js';

@ApiTags('Notifications')
@Controller('api/v1/unsubscriptions')
@Public('the link in the mail is its credential: all that it can do is to end such mails')
export class UnsubscriptionsController {
  constructor(private readonly links: UnsubscribeLinks) {}

  // Mail programs post a form (RFC 8058) that says nothing which the link does not: it is not read.
  @Post(':token')
  @HttpCode(200)
  @TakesStream()
  @ApiOperation({ summary: 'End the mails that the link came with; their program posts here' })
  @ApiParam({ name: 'token', schema: { type: 'string', maxLength: 100 } })
  @ApiData(UnsubscriptionDto)
  async end(@Param('token') token: string) {
    return new DataResponse(await this.links.use(token));
  }

  @Get(':token')
  @ApiOperation({ summary: 'For a browser: the page that asks first' })
  @ApiParam({ name: 'token', schema: { type: 'string', maxLength: 100 } })
  @ApiRedirect('To the dashboard: opening the link ends nothing.')
  async open(@Param('token') token: string, @Res() reply: FastifyReply) {
    return reply.redirect(this.links.page(token), 302);
  }
}
