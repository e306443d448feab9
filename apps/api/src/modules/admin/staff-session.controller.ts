import { Body, Controller, Delete, Get, HttpCode, Post, Put, Req, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppConfig } from '#core/config/config.module.js';
import { ApiData, ApiMessage } from '#core/http/api-responses.js';
import { DataResponse, MessageResponse } from '#core/http/responses.js';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { CurrentStaff, RequireStaff, StaffDoor } from '#core/tenancy/staff.decorators.js';
import type { StaffPrincipal } from '#core/tenancy/staff-realm.js';
import {
  ChangeStaffPasswordDto,
  StaffChallengeDto,
  StaffCodeDto,
  StaffPasswordDto,
  StaffSignedInDto,
} from './dto/staff-session.dto.js';
import { StaffDto } from './dto/staff.dto.js';
import { readStaffCookie, setStaffCookie } from './staff-cookie.js';
import { StaffDirectory } from './staff-directory.service.js';
import { StaffMembers } from './staff-members.service.js';
import { StaffSessions, type OpenedStaffSession } from './staff-sessions.service.js';
import { StaffSignIn } from './staff-sign-in.service.js';

@ApiTags('Staff')
@Controller('api/v1/admin')
@NotReplayed('staff are in no organization, which answers are kept for; a sign-in is shown once')
export class StaffSessionController {
  readonly #secure: boolean;

  constructor(
    private readonly signIn: StaffSignIn,
    private readonly sessions: StaffSessions,
    private readonly members: StaffMembers,
    private readonly directory: StaffDirectory,
    config: AppConfig,
  ) {
    this.#secure = config.settings.publicUrl.startsWith('https:');
  }

  @Post('session')
  @ApiOperation({ summary: 'Sign in as staff, first half: the password' })
  @StaffDoor('this is how a credential of the staff is got')
  @ApiData(StaffChallengeDto, 201)
  async begin(@Body() dto: StaffPasswordDto) {
    return new DataResponse(await this.signIn.begin(dto));
  }

  @Post('session/code')
  @ApiOperation({ summary: 'Sign in as staff, second half: the code of the app' })
  @StaffDoor('the first half of the sign-in is its credential')
  @ApiData(StaffSignedInDto, 201)
  async finish(@Body() dto: StaffCodeDto, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.#answer(reply, await this.signIn.finish(dto));
  }

  @Post('session/refresh')
  @HttpCode(200)
  @ApiOperation({ summary: 'A new access token for the cookie of the staff' })
  @ApiCookieAuth()
  @StaffDoor('the cookie is its credential')
  @ApiData(StaffSignedInDto)
  async refresh(@Req() request: FastifyRequest) {
    return new DataResponse(await this.sessions.refresh(readStaffCookie(request)));
  }

  @Delete('session')
  @ApiOperation({ summary: 'Sign out' })
  @RequireStaff('self:write')
  @ApiMessage()
  async end(
    @CurrentStaff() { sessionId }: StaffPrincipal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.sessions.end(sessionId);
    setStaffCookie(reply, '', this.#secure);
    return new MessageResponse('Signed out.');
  }

  @Get('me')
  @ApiOperation({ summary: 'Who you are and what you may do' })
  @RequireStaff('self:write')
  @ApiData(StaffDto)
  async me(@CurrentStaff() { id }: StaffPrincipal) {
    return new DataResponse(await this.directory.one(id));
  }

  @Put('me/password')
  @ApiOperation({ summary: 'Change your password; your other sessions end' })
  @RequireStaff('self:write')
  @ApiMessage()
  async changePassword(@CurrentStaff() staff: StaffPrincipal, @Body() dto: ChangeStaffPasswordDto) {
    await this.members.changePassword(staff, dto);
    return new MessageResponse('The password is changed.');
  }

  #answer(reply: FastifyReply, { signedIn, cookie }: OpenedStaffSession) {
    setStaffCookie(reply, cookie, this.#secure);
    return new DataResponse(signedIn);
  }
}
