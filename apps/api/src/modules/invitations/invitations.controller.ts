import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { ApiData, ApiMessage, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { DataResponse, MessageResponse, PaginatedResponse } from '#core/http/responses.js';
import { CurrentPrincipal, RequirePermission } from '#core/tenancy/access.decorators.js';
import type { Principal } from '#core/tenancy/principal.js';
import { InvitationDto, InvitationQuery, InviteDto } from './dto/invitation.dto.js';
import { InvitationsService } from './invitations.service.js';

@ApiTags('Invitations')
@Controller('api/v1/invitations')
@NotReplayed('an address has one open invitation: the second time is refused and says so')
export class InvitationsController {
  constructor(private readonly invitations: InvitationsService) {}

  @Get()
  @ApiOperation({ summary: 'The invitations that are open, the newest first' })
  @RequirePermission('users:read')
  @ApiPage(InvitationDto)
  async list(@Query() query: InvitationQuery) {
    const status = query.status ?? 'pending';
    return new PaginatedResponse(await this.invitations.list(status, query.toRequest()));
  }

  @Post()
  @ApiOperation({ summary: 'Invite somebody by mail; the link is good once and for seven days' })
  @RequirePermission('users:write')
  @ApiData(InvitationDto, 201)
  async invite(@CurrentPrincipal() principal: Principal, @Body() dto: InviteDto) {
    return new DataResponse(await this.invitations.invite(principal, dto));
  }

  @Post(':id/resend')
  @HttpCode(200)
  @ApiOperation({ summary: 'Mail it anew; the link before is void' })
  @RequirePermission('users:write')
  @ApiData(InvitationDto)
  async resend(@CurrentPrincipal() principal: Principal, @IdParam() id: string) {
    return new DataResponse(await this.invitations.resend(principal, id));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Take it back' })
  @RequirePermission('users:write')
  @ApiMessage()
  async revoke(@CurrentPrincipal() principal: Principal, @IdParam() id: string) {
    await this.invitations.revoke(principal, id);
    return new MessageResponse('Revoked.');
  }
}
