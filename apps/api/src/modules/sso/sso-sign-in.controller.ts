import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppConfig } from '#core/config/config.module.js';
import { ApiData, ApiRedirect } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { DataResponse } from '#core/http/responses.js';
import { Public } from '#core/tenancy/access.decorators.js';
import { SessionCookie } from '#modules/auth/session-cookie.service.js';
import { StartedSsoDto, StartSsoDto } from './dto/sso-sign-in.dto.js';
import { bindingCookie, readBinding } from './sso-cookie.js';
import { SsoSignIn, type SsoOutcome } from './sso-sign-in.service.js';

@ApiTags('Single sign-on')
@Controller('api/v1/auth/sso')
export class SsoSignInController {
  readonly #secure: boolean;

  constructor(
    private readonly sso: SsoSignIn,
    private readonly sessions: SessionCookie,
    config: AppConfig,
  ) {
    this.#secure = config.settings.publicUrl.startsWith('https:');
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: "Where to sign in with this address: its organization's own provider" })
  @Public('nobody has a credential yet')
  @ApiData(StartedSsoDto)
  async start(
    @Body() { email, returnTo }: StartSsoDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.#answer(reply, await this.sso.start(email, returnTo));
  }

  @Get('callback/:id')
  @ApiOperation({ summary: 'Where a provider sends the browser back to' })
  @Public('the cookie of the browser that began it, and what the provider says, are its credential')
  @ApiRedirect('To the dashboard: signed in, or to its sign-in page.')
  async finish(@IdParam() id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const query = request.url.split('?').slice(1).join('?');
    const binding = readBinding(request.headers.cookie);
    return this.#redirect(reply, await this.sso.finish(id, query, binding));
  }

  #answer(reply: FastifyReply, { url, binding }: { url: string; binding: string }) {
    reply.header('set-cookie', bindingCookie(binding, this.#secure));
    return new DataResponse({ url });
  }

  #redirect(reply: FastifyReply, { path, opened }: SsoOutcome) {
    reply.header('set-cookie', bindingCookie('', this.#secure));
    if (opened) this.sessions.set(reply, opened);
    return reply.header('cache-control', 'no-store').redirect(path, 302);
  }
}
