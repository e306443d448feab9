import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { ApiData, ApiMessage, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { PageQuery } from '#core/http/page.query.js';
import { DataResponse, MessageResponse, PaginatedResponse } from '#core/http/responses.js';
import { CurrentPrincipal, SignedIn } from '#core/tenancy/access.decorators.js';
import type { Principal } from '#core/tenancy/principal.js';
import { PersonProofDto } from './dto/factors.dto.js';
import {
  CreatedPasskeyDto,
  NewPasskeyDto,
  PasskeyDto,
  PasskeyNameDto,
  PasskeyOptionsDto,
} from './dto/passkey.dto.js';
import { PasskeySettings } from './passkey-settings.service.js';

const OWN = 'everyone looks after their own account';

@ApiTags('Second factor')
@Controller('api/v1/me/passkeys')
@NotReplayed(
  'a passkey is told by its own id: the same one again is refused, and a question is asked anew each time',
)
export class PasskeysController {
  constructor(private readonly passkeys: PasskeySettings) {}

  @Get()
  @ApiOperation({ summary: 'Your passkeys, the newest first' })
  @SignedIn(OWN)
  @ApiPage(PasskeyDto)
  async list(@CurrentPrincipal() principal: Principal, @Query() page: PageQuery) {
    return new PaginatedResponse(await this.passkeys.list(principal, page.toRequest()));
  }

  @Post('options')
  @HttpCode(200)
  @ApiOperation({ summary: 'What `navigator.credentials.create` needs; good once, for 5 minutes' })
  @SignedIn(OWN)
  @ApiData(PasskeyOptionsDto)
  async options(@CurrentPrincipal() principal: Principal, @Body() proof: PersonProofDto) {
    return new DataResponse({ options: await this.passkeys.options(principal, proof) });
  }

  @Post()
  @ApiOperation({ summary: 'Add the passkey that was made' })
  @SignedIn(OWN)
  @ApiData(CreatedPasskeyDto, 201)
  async add(@CurrentPrincipal() principal: Principal, @Body() { name, response }: NewPasskeyDto) {
    return new DataResponse(await this.passkeys.add(principal, name, response));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Rename a passkey' })
  @SignedIn(OWN)
  @ApiData(PasskeyDto)
  async rename(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @Body() { name }: PasskeyNameDto,
  ) {
    return new DataResponse(await this.passkeys.rename(principal, id, name));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Remove a passkey' })
  @SignedIn(OWN)
  @ApiMessage()
  async remove(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @Body() proof: PersonProofDto,
  ) {
    await this.passkeys.remove(principal, id, proof);
    return new MessageResponse('The passkey is removed.');
  }
}
