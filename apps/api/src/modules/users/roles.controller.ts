import { Body, Controller, Delete, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { ApiData, ApiMessage, ApiPage } from '#core/http/api-responses.js';
import { DataResponse, MessageResponse, PaginatedResponse } from '#core/http/responses.js';
import { CurrentPrincipal, RequirePermission } from '#core/tenancy/access.decorators.js';
import type { Principal } from '#core/tenancy/principal.js';
import { ChangeRoleDto, CreateRoleDto, PermissionDto, RoleDto } from './dto/role.dto.js';
import { RolesService } from './roles.service.js';

@ApiTags('Roles')
@Controller('api/v1')
@NotReplayed('two roles cannot have one name: the second time is refused and says so')
export class RolesController {
  constructor(private readonly roles: RolesService) {}

  @Get('permissions')
  @ApiOperation({ summary: 'Every permission, with what it lets its holder do' })
  @RequirePermission('roles:read')
  @ApiPage(PermissionDto)
  permissions() {
    return new PaginatedResponse(this.roles.permissions());
  }

  @Get('roles')
  @ApiOperation({ summary: 'All roles: the built-in ones, then the organization’s own' })
  @RequirePermission('roles:read')
  @ApiPage(RoleDto)
  async list() {
    return new PaginatedResponse(await this.roles.list());
  }

  @Post('roles')
  @ApiOperation({ summary: 'Make a role out of permissions that you have yourself' })
  @RequirePermission('roles:write')
  @ApiData(RoleDto, 201)
  async create(@CurrentPrincipal() principal: Principal, @Body() dto: CreateRoleDto) {
    return new DataResponse(await this.roles.create(principal, { description: '', ...dto }));
  }

  @Patch('roles/:id')
  @ApiOperation({ summary: 'Change a custom role; its people have it so at once' })
  @RequirePermission('roles:write')
  @ApiData(RoleDto)
  async change(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() dto: ChangeRoleDto,
  ) {
    return new DataResponse(await this.roles.change(principal, id.toLowerCase(), dto));
  }

  @Delete('roles/:id')
  @ApiOperation({ summary: 'Delete a custom role that nobody has' })
  @RequirePermission('roles:write')
  @ApiMessage()
  async delete(@CurrentPrincipal() principal: Principal, @Param('id') id: string) {
    await this.roles.delete(principal, id.toLowerCase());
    return new MessageResponse('Deleted.');
  }
}
