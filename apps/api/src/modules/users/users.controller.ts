import { Body, Controller, Delete, Get, Patch, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { ApiData, ApiMessage, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { DataResponse, MessageResponse, PaginatedResponse } from '#core/http/responses.js';
import { CurrentPrincipal, RequirePermission } from '#core/tenancy/access.decorators.js';
import type { Principal } from '#core/tenancy/principal.js';
import { ChangeUserDto, UserQuery } from './dto/change-user.dto.js';
import { UserDto } from './dto/user.dto.js';
import { PeopleService } from './people.service.js';
import { UsersService } from './users.service.js';

@ApiTags('People')
@Controller('api/v1/users')
@NotReplayed('it is so already when it is asked again')
export class UsersController {
  constructor(
    private readonly users: UsersService,
    private readonly people: PeopleService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The people of the organization, the newest first' })
  @RequirePermission('users:read')
  @ApiPage(UserDto)
  async list(@Query() query: UserQuery) {
    const { status, q } = query;
    return new PaginatedResponse(await this.users.list({ status, q }, query.toRequest()));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One person, also one who was removed' })
  @RequirePermission('users:read')
  @ApiData(UserDto)
  async get(@IdParam() id: string) {
    return new DataResponse(await this.users.get(id));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Give a person another name or role' })
  @RequirePermission('users:write')
  @ApiData(UserDto)
  async change(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @Body() dto: ChangeUserDto,
  ) {
    return new DataResponse(await this.people.change(principal, id, dto));
  }

  @Put(':id/deactivation')
  @ApiOperation({ summary: 'Shut a person out: their sessions and the secrets they know end' })
  @RequirePermission('users:write')
  @ApiData(UserDto)
  async deactivate(@CurrentPrincipal() principal: Principal, @IdParam() id: string) {
    return new DataResponse(await this.people.deactivate(principal, id));
  }

  @Delete(':id/deactivation')
  @ApiOperation({ summary: 'Let a deactivated person in again' })
  @RequirePermission('users:write')
  @ApiData(UserDto)
  async reactivate(@CurrentPrincipal() principal: Principal, @IdParam() id: string) {
    return new DataResponse(await this.people.reactivate(principal, id));
  }

  @Delete(':id')
  @ApiOperation({
    summary: 'Remove a person: what they wrote stays, and only an invitation brings them back',
  })
  @RequirePermission('users:write')
  @ApiMessage()
  async remove(@CurrentPrincipal() principal: Principal, @IdParam() id: string) {
    await this.people.remove(principal, id);
    return new MessageResponse('Removed.');
  }
}
