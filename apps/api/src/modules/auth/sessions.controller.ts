import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { ApiData, ApiMessage, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { PageQuery } from '#core/http/page.query.js';
import { DataResponse, MessageResponse, PaginatedResponse } from '#core/http/responses.js';
import { CurrentPrincipal, SignedIn } from '#core/tenancy/access.decorators.js';
import type { Principal } from '#core/tenancy/principal.js';
import { SignedInDto } from './dto/auth.dto.js';
import { OwnOrganizationDto } from './dto/own-organization.dto.js';
import { FurtherOrganizationDto } from './dto/registration.dto.js';
import { SessionDto, SwitchOrganizationDto } from './dto/session.dto.js';
import { FurtherOrganizations } from './further-organizations.service.js';
import { PersonSessions } from './person-sessions.service.js';
import { personOf } from './person.js';

const OWN = 'a person’s sessions and organizations are their own';

@ApiTags('Sessions')
@Controller('api/v1')
@NotReplayed('tokens are shown once; a session that is opened twice can be ended twice')
export class SessionsController {
  constructor(
    private readonly sessions: PersonSessions,
    private readonly further: FurtherOrganizations,
  ) {}

  @Get('auth/sessions')
  @ApiOperation({ summary: 'Your sessions, the one used last first' })
  @SignedIn(OWN)
  @ApiPage(SessionDto)
  async list(@CurrentPrincipal() principal: Principal, @Query() page: PageQuery) {
    return new PaginatedResponse(await this.sessions.list(personOf(principal), page.toRequest()));
  }

  @Delete('auth/sessions')
  @ApiOperation({ summary: 'End all of your sessions but this one' })
  @SignedIn(OWN)
  @ApiMessage()
  async endOthers(@CurrentPrincipal() principal: Principal) {
    const ended = await this.sessions.endOthers(personOf(principal));
    return new MessageResponse(`Sessions ended: ${ended}.`);
  }

  @Delete('auth/sessions/:id')
  @ApiOperation({ summary: 'End one of your sessions' })
  @SignedIn(OWN)
  @ApiMessage()
  async end(@CurrentPrincipal() principal: Principal, @IdParam() id: string) {
    await this.sessions.end(personOf(principal), id);
    return new MessageResponse('The session has ended.');
  }

  @Post('auth/sessions/switch')
  @HttpCode(200)
  @ApiOperation({ summary: 'Move this session to another of your organizations' })
  @SignedIn(OWN)
  @ApiData(SignedInDto)
  async switchTo(
    @CurrentPrincipal() principal: Principal,
    @Body() { organizationId }: SwitchOrganizationDto,
  ) {
    return new DataResponse(await this.sessions.switchTo(personOf(principal), organizationId));
  }

  @Get('me/organizations')
  @ApiOperation({ summary: 'Your organizations, the one joined last first' })
  @SignedIn(OWN)
  @ApiPage(OwnOrganizationDto)
  async organizations(@CurrentPrincipal() principal: Principal, @Query() page: PageQuery) {
    return new PaginatedResponse(
      await this.sessions.organizations(personOf(principal), page.toRequest()),
    );
  }

  @Post('organizations')
  @ApiOperation({ summary: 'Open a further organization, and move this session there' })
  @SignedIn('everyone may have an organization of their own')
  @ApiData(SignedInDto, 201)
  async found(@CurrentPrincipal() principal: Principal, @Body() { name }: FurtherOrganizationDto) {
    return new DataResponse(await this.further.open(personOf(principal), name));
  }
}
