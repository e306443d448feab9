import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AppConfig } from '#core/config/config.module.js';
import { ApiData } from '#core/http/api-responses.js';
import { DataResponse } from '#core/http/responses.js';
import { Public } from '#core/tenancy/access.decorators.js';
import { PasskeyOptionsDto } from '#modules/factors/dto/passkey.dto.js';
import { NewTotpDto } from '#modules/factors/dto/totp.dto.js';
import { SignedInDto } from './dto/auth.dto.js';
import {
  EnrolledDto,
  PasskeyQuestionDto,
  PasskeySignInDto,
  SecondFactorDto,
  SetupCodeDto,
  SetupDto,
  SetupPasskeyDto,
} from './dto/factor-sign-in.dto.js';
import { FactorSignIn } from './factor-sign-in.service.js';
import { setRememberedCookie } from './remembered-cookie.js';
import { SessionCookie } from './session-cookie.service.js';
import type { OpenedSession } from './sign-in.service.js';

const HALF_WAY = 'the challenge of a sign-in that stopped half way is its credential';

@ApiTags('Sign-in')
@Controller('api/v1/auth')
export class FactorSignInController {
  readonly #secure: boolean;

  constructor(
    private readonly signIn: FactorSignIn,
    private readonly cookie: SessionCookie,
    config: AppConfig,
  ) {
    this.#secure = config.settings.publicUrl.startsWith('https:');
  }

  @Post('sessions/second-factor')
  @ApiOperation({ summary: 'End a sign-in with the second factor' })
  @Public(HALF_WAY)
  @ApiData(SignedInDto, 201)
  async secondFactor(
    @Body() { challenge, rememberDevice, ...proof }: SecondFactorDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { opened, remembered } = await this.signIn.secondFactor(
      challenge,
      proof,
      rememberDevice ?? false,
    );
    if (remembered !== null) setRememberedCookie(reply, remembered, this.#secure);
    return this.cookie.answer(reply, opened);
  }

  @Post('sessions/passkey')
  @ApiOperation({ summary: 'Sign in with a passkey alone' })
  @Public('this is how a credential is got')
  @ApiData(SignedInDto, 201)
  async passkey(@Body() dto: PasskeySignInDto, @Res({ passthrough: true }) reply: FastifyReply) {
    const { response, organizationId } = dto;
    const opened = await this.signIn.passkey(response, organizationId ?? undefined);
    return this.cookie.answer(reply, opened);
  }

  @Post('passkeys/options')
  @HttpCode(200)
  @ApiOperation({ summary: 'What `navigator.credentials.get` needs; good once, for 5 minutes' })
  @Public('nobody has a credential yet')
  @ApiData(PasskeyOptionsDto)
  async passkeyOptions(@Body() { challenge }: PasskeyQuestionDto) {
    return new DataResponse({ options: await this.signIn.passkeyOptions(challenge) });
  }

  @Post('factors/totp')
  @ApiOperation({ summary: 'Begin to set up the authenticator app that the organization requires' })
  @Public(HALF_WAY)
  @ApiData(NewTotpDto, 201)
  async beginTotp(@Body() { challenge }: SetupDto) {
    return new DataResponse(await this.signIn.beginTotp(challenge));
  }

  @Post('factors/totp/confirmation')
  @ApiOperation({ summary: 'Show that the app works, and be signed in' })
  @Public(HALF_WAY)
  @ApiData(EnrolledDto, 201)
  async confirmTotp(
    @Body() { challenge, code }: SetupCodeDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.#enrolled(reply, await this.signIn.confirmTotp(challenge, code));
  }

  @Post('factors/passkeys/options')
  @HttpCode(200)
  @ApiOperation({ summary: 'What `navigator.credentials.create` needs for a required passkey' })
  @Public(HALF_WAY)
  @ApiData(PasskeyOptionsDto)
  async beginPasskey(@Body() { challenge }: SetupDto) {
    return new DataResponse({ options: await this.signIn.beginPasskey(challenge) });
  }

  @Post('factors/passkeys')
  @ApiOperation({ summary: 'Add the passkey that was made, and be signed in' })
  @Public(HALF_WAY)
  @ApiData(EnrolledDto, 201)
  async addPasskey(
    @Body() { challenge, name, response }: SetupPasskeyDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.#enrolled(reply, await this.signIn.addPasskey(challenge, name, response));
  }

  #enrolled(reply: FastifyReply, [opened, recoveryCodes]: [OpenedSession, string[]]) {
    return new DataResponse({ ...this.cookie.answer(reply, opened).data, recoveryCodes });
  }
}
