import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { ApiData, ApiMessage } from '#core/http/api-responses.js';
import { DataResponse, MessageResponse } from '#core/http/responses.js';
import { CurrentPrincipal, Public, SignedIn } from '#core/tenancy/access.decorators.js';
import type { Principal } from '#core/tenancy/principal.js';
import { AuthService } from './auth.service.js';
import { ProfileDto } from './dto/account.dto.js';
import { SignedInDto, SignInDto } from './dto/auth.dto.js';
import { MeDto } from './dto/me.dto.js';
import { Me } from './me.service.js';
import { PasswordSignIn } from './password-sign-in.service.js';
import { readRefreshCookie } from './refresh-cookie.js';
import { readRememberedCookie } from './remembered-cookie.js';
import { SessionCookie } from './session-cookie.service.js';
import { SignIn } from './sign-in.service.js';

@ApiTags('Sign-in')
@Controller('api/v1')
@NotReplayed(
  'a credential is got or given up, and what a person changes of themselves is so already when it is asked again',
)
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly who: Me,
    private readonly passwords: PasswordSignIn,
    private readonly signIns: SignIn,
    private readonly cookie: SessionCookie,
  ) {}

  @Post('auth/sessions')
  @ApiOperation({ summary: 'Sign in' })
  @Public('this is how a credential is got')
  @ApiData(SignedInDto, 201)
  async signIn(
    @Body() dto: SignInDto,
    @Req() { headers: { cookie: cookies } }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const browser = { cookies, rememberedDevice: readRememberedCookie(cookies) };
    return this.cookie.answer(reply, await this.passwords.signIn(dto, browser));
  }

  @Post('auth/sessions/refresh')
  @HttpCode(200)
  @ApiOperation({ summary: 'A new access token for the refresh cookie' })
  @ApiCookieAuth()
  @Public('the refresh cookie is its credential')
  @ApiData(SignedInDto)
  async refresh(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.cookie.answer(reply, await this.signIns.refresh(readRefreshCookie(request)));
  }

  @Delete('auth/sessions/current')
  @ApiOperation({ summary: 'Sign out' })
  @SignedIn('anyone may end their own session')
  @ApiMessage()
  async signOut(
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.auth.signOut(principal);
    this.cookie.clear(reply);
    return new MessageResponse('Signed out.');
  }

  @Get('me')
  @ApiOperation({ summary: 'Who the credential is, in which organization, and what it may do' })
  @SignedIn('everyone may know who they are')
  @ApiData(MeDto)
  async me(@CurrentPrincipal() principal: Principal) {
    return new DataResponse(await this.who.of(principal));
  }

  @Patch('me')
  @ApiOperation({ summary: 'Change your name' })
  @SignedIn('everyone may say what they are called')
  @ApiData(MeDto)
  async rename(@CurrentPrincipal() principal: Principal, @Body() { name }: ProfileDto) {
    await this.auth.rename(principal, name);
    return new DataResponse(await this.who.of(principal));
  }
}
