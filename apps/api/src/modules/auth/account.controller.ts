import { Body, Controller, Get, HttpCode, Param, Post, Put, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { ApiData, ApiMessage } from '#core/http/api-responses.js';
import { DataResponse, MessageResponse } from '#core/http/responses.js';
import { CurrentPrincipal, Public, SignedIn } from '#core/tenancy/access.decorators.js';
import type { Principal } from '#core/tenancy/principal.js';
import {
  EmailChangeDto,
  NewPasswordDto,
  PasswordChangeDto,
  PasswordResetDto,
  PendingResetDto,
} from './dto/account.dto.js';
import { EmailChanges } from './email-changes.service.js';
import { PasswordChanges } from './password-changes.service.js';
import { PasswordResets } from './password-resets.service.js';
import { personOf } from './person.js';
import { SessionCookie } from './session-cookie.service.js';

const MAILED = 'the mailed link is its credential';
const PROVED = 'a person’s account is their own, and they show its password';

@ApiTags('Account')
@Controller('api/v1')
@NotReplayed('a proof is used once, and what it changes is so already when it is asked again')
export class AccountController {
  constructor(
    private readonly resets: PasswordResets,
    private readonly passwords: PasswordChanges,
    private readonly emails: EmailChanges,
    private readonly cookie: SessionCookie,
  ) {}

  @Post('auth/password-resets')
  @HttpCode(202)
  @ApiOperation({ summary: 'Ask for the mail by which a new password is chosen' })
  @Public('who has forgotten their password has no credential')
  @ApiMessage(202)
  async askReset(@Body() { email, locale }: PasswordResetDto) {
    await this.resets.request(email, locale);
    return new MessageResponse('If there is such an account, a mail with a link is on its way.');
  }

  @Get('auth/password-resets/:token')
  @ApiOperation({ summary: 'Whose password it is, for whoever holds the link' })
  @Public(MAILED)
  @ApiData(PendingResetDto)
  async findReset(@Param('token') token: string) {
    return new DataResponse(await this.resets.find(token));
  }

  @Post('auth/password-resets/:token/completion')
  @HttpCode(200)
  @ApiOperation({ summary: 'Choose a new password; every session ends' })
  @Public(MAILED)
  @ApiMessage()
  async reset(
    @Param('token') token: string,
    @Body() { password }: NewPasswordDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { email } = await this.resets.complete(token, password);
    this.cookie.know(reply, email);
    return new MessageResponse('The password is changed: sign in with the new one.');
  }

  @Put('me/password')
  @ApiOperation({ summary: 'Change your password; your other sessions end' })
  @SignedIn(PROVED)
  @ApiMessage()
  async changePassword(
    @CurrentPrincipal() principal: Principal,
    @Body() dto: PasswordChangeDto,
    @Req() { headers: { cookie: cookies } }: FastifyRequest,
  ) {
    await this.passwords.change(personOf(principal), dto, { cookies });
    return new MessageResponse('The password is changed. Your other sessions have ended.');
  }

  @Post('me/email-changes')
  @HttpCode(202)
  @ApiOperation({ summary: 'Ask for another e-mail address; a link is mailed to it' })
  @SignedIn(PROVED)
  @ApiMessage(202)
  async askEmail(
    @CurrentPrincipal() principal: Principal,
    @Body() dto: EmailChangeDto,
    @Req() { headers: { cookie: cookies } }: FastifyRequest,
  ) {
    await this.emails.request(personOf(principal), dto, { cookies });
    return new MessageResponse('Look into the mailbox of the new address: confirm it there.');
  }

  @Post('auth/email-changes/:token/completion')
  @HttpCode(200)
  @ApiOperation({ summary: 'Confirm the new address' })
  @Public(MAILED)
  @ApiMessage()
  async changeEmail(@Param('token') token: string) {
    await this.emails.complete(token);
    return new MessageResponse('The e-mail address is changed: sign in with the new one.');
  }
}
