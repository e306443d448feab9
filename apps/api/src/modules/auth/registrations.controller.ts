import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiData, ApiMessage } from '#core/http/api-responses.js';
import { DataResponse, MessageResponse } from '#core/http/responses.js';
import { Public } from '#core/tenancy/access.decorators.js';
import { SignedInDto } from './dto/auth.dto.js';
import {
  PendingRegistrationDto,
  RegistrationCompletionDto,
  RegistrationDto,
} from './dto/registration.dto.js';
import { Registrations } from './registrations.service.js';
import { SessionCookie } from './session-cookie.service.js';

const MAILED = 'the mailed link is its credential';

@ApiTags('Registration')
@Controller('api/v1/auth/registrations')
export class RegistrationsController {
  constructor(
    private readonly registrations: Registrations,
    private readonly cookie: SessionCookie,
  ) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({ summary: 'Ask for the mail by which an organization is opened' })
  @Public('nobody has a credential yet')
  @ApiMessage(202)
  async request(@Body() dto: RegistrationDto) {
    await this.registrations.request(dto);
    return new MessageResponse('Look into your mailbox: a mail says how to go on.');
  }

  @Get(':token')
  @ApiOperation({ summary: 'What was registered, for whoever holds the link' })
  @Public(MAILED)
  @ApiData(PendingRegistrationDto)
  async find(@Param('token') token: string) {
    return new DataResponse(await this.registrations.find(token));
  }

  @Post(':token/completion')
  @ApiOperation({ summary: 'Choose a password: opens the organization and signs you in' })
  @Public(MAILED)
  @ApiData(SignedInDto, 201)
  async complete(
    @Param('token') token: string,
    @Body() dto: RegistrationCompletionDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.cookie.answer(reply, await this.registrations.complete(token, dto));
  }
}
