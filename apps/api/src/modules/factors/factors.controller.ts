import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { ApiData, ApiMessage, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { PageQuery } from '#core/http/page.query.js';
import { DataResponse, MessageResponse, PaginatedResponse } from '#core/http/responses.js';
import { CurrentPrincipal, SignedIn } from '#core/tenancy/access.decorators.js';
import type { Principal } from '#core/tenancy/principal.js';
import { DeviceDto } from './dto/device.dto.js';
import { FactorsDto, PersonProofDto } from './dto/factors.dto.js';
import { NewTotpDto, RecoveryCodesDto, TotpCodeDto } from './dto/totp.dto.js';
import { FactorOverview } from './factor-overview.service.js';
import { TotpSettings } from './totp-settings.service.js';

const OWN = 'everyone looks after their own account';

@ApiTags('Second factor')
@Controller('api/v1/me')
@NotReplayed('a secret is made anew each time, and only the one that was confirmed counts')
export class FactorsController {
  constructor(
    private readonly overview: FactorOverview,
    private readonly totp: TotpSettings,
  ) {}

  @Get('factors')
  @ApiOperation({ summary: 'Which factors you have set up, and whether you must' })
  @SignedIn(OWN)
  @ApiData(FactorsDto)
  async factors(@CurrentPrincipal() principal: Principal) {
    return new DataResponse(await this.overview.of(principal));
  }

  @Post('factors/totp')
  @ApiOperation({ summary: 'Begin to set up an authenticator app' })
  @SignedIn(OWN)
  @ApiData(NewTotpDto, 201)
  async beginTotp(@CurrentPrincipal() principal: Principal, @Body() proof: PersonProofDto) {
    return new DataResponse(await this.totp.begin(principal, proof));
  }

  @Post('factors/totp/confirmation')
  @ApiOperation({ summary: 'Show that the app works: from here on a sign-in asks for its codes' })
  @SignedIn(OWN)
  @ApiData(RecoveryCodesDto, 201)
  async confirmTotp(@CurrentPrincipal() principal: Principal, @Body() { code }: TotpCodeDto) {
    return new DataResponse({ recoveryCodes: await this.totp.confirm(principal, code) });
  }

  @Delete('factors/totp')
  @ApiOperation({ summary: 'Remove the authenticator app' })
  @SignedIn(OWN)
  @ApiMessage()
  async removeTotp(@CurrentPrincipal() principal: Principal, @Body() proof: PersonProofDto) {
    await this.totp.remove(principal, proof);
    return new MessageResponse('The authenticator app is removed.');
  }

  @Post('factors/recovery-codes')
  @ApiOperation({ summary: 'New recovery codes; the old ones end' })
  @SignedIn(OWN)
  @ApiData(RecoveryCodesDto, 201)
  async newCodes(@CurrentPrincipal() principal: Principal, @Body() proof: PersonProofDto) {
    return new DataResponse({ recoveryCodes: await this.totp.newCodes(principal, proof) });
  }

  @Get('devices')
  @ApiOperation({ summary: 'The devices that need not show your second factor, the newest first' })
  @SignedIn(OWN)
  @ApiPage(DeviceDto)
  async devices(@CurrentPrincipal() principal: Principal, @Query() page: PageQuery) {
    return new PaginatedResponse(await this.overview.remembered(principal, page.toRequest()));
  }

  @Delete('devices')
  @ApiOperation({ summary: 'Forget every device' })
  @SignedIn(OWN)
  @ApiMessage()
  async forgetDevices(@CurrentPrincipal() principal: Principal) {
    await this.overview.forgetAll(principal);
    return new MessageResponse('Every device is forgotten.');
  }

  @Delete('devices/:id')
  @ApiOperation({ summary: 'Forget a device' })
  @SignedIn(OWN)
  @ApiMessage()
  async forgetDevice(@CurrentPrincipal() principal: Principal, @IdParam() id: string) {
    await this.overview.forget(principal, id);
    return new MessageResponse('The device is forgotten.');
  }
}
