import { Body, Controller, Get, Headers, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiData } from '#core/http/api-responses.js';
import { DataResponse } from '#core/http/responses.js';
import { Public } from '#core/tenancy/access.decorators.js';
import { SignedInDto } from '#modules/auth/dto/auth.dto.js';
import { SessionCookie } from '#modules/auth/session-cookie.service.js';
import { AcceptanceService } from './acceptance.service.js';
import { AcceptDto, OfferDto } from './dto/acceptance.dto.js';

@ApiTags('Invitations')
@Controller('api/v1/auth/invitations/:token')
export class AcceptanceController {
  constructor(
    private readonly acceptances: AcceptanceService,
    private readonly cookies: SessionCookie,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What the link of an invitation offers' })
  @Public('whoever is invited is in no organization yet; the token is the credential')
  @ApiData(OfferDto)
  async offer(@Param('token') token: string) {
    return new DataResponse(await this.acceptances.offer(token));
  }

  @Post('acceptance')
  @ApiOperation({
    summary:
      'Join: with a new account, the password of one, or the access token of who is signed in',
  })
  @Public('whoever is invited is in no organization yet; the token is the credential')
  @ApiData(SignedInDto, 201)
  async accept(
    @Param('token') token: string,
    @Body() dto: AcceptDto,
    @Headers('authorization') authorization: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const credential = authorization?.replace(/^Bearer +/i, '') ?? null;
    const proofs = { ...dto, credential, cookies: reply.request.headers.cookie };
    return this.cookies.answer(reply, await this.acceptances.accept(token, proofs));
  }
}
