import { Body, Controller, Delete, Get, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { IdParam } from '#core/http/id.pipe.js';
import { RequirePermission } from '#core/tenancy/access.decorators.js';
import { ScimBase } from './scim-base.service.js';
import { readGroup, readGroupPatch, type WholeGroup } from './scim-group-input.js';
import { ScimGroups } from './scim-groups.service.js';
import { ApiScim, ApiScimNothing } from './scim-http.js';
import { Attributes, readListRequest, type Query as Parameters } from './scim-list.js';
import { readPatch } from './scim-patch.js';

@ApiTags('SCIM')
@Controller('api/v1/scim/v2/Groups')
@NotReplayed(
  'directories do not send keys; a group that is there twice is deleted by its directory',
)
export class ScimGroupsController {
  constructor(
    private readonly groups: ScimGroups,
    private readonly base: ScimBase,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The groups of the directory; filter, startIndex, count' })
  @RequirePermission('directory:write')
  @ApiScim()
  list(@Query() query: Parameters) {
    return this.groups.list(readListRequest(query), new Attributes(query));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One of them' })
  @RequirePermission('directory:write')
  @ApiScim()
  get(@IdParam() id: string, @Query() query: Parameters) {
    return this.groups.get(id, new Attributes(query));
  }

  @Post()
  @ApiOperation({ summary: 'Make a group' })
  @RequirePermission('directory:write')
  @ApiScim(201)
  async create(
    @Body() body: Record<string, unknown>,
    @Query() query: Parameters,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const id = await this.groups.create(readGroup(body));
    reply.header('location', `${this.base.url}/Groups/${id}`);
    return this.groups.get(id, new Attributes(query));
  }

  @Put(':id')
  @ApiOperation({ summary: 'Write a group anew, its members too' })
  @RequirePermission('directory:write')
  @ApiScim()
  async replace(
    @IdParam() id: string,
    @Body() body: Record<string, unknown>,
    @Query() query: Parameters,
  ) {
    await this.groups.change(id, asChange(readGroup(body)));
    return this.groups.get(id, new Attributes(query));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a group: its name, or who is in it' })
  @RequirePermission('directory:write')
  @ApiScim()
  async change(
    @IdParam() id: string,
    @Body() body: Record<string, unknown>,
    @Query() query: Parameters,
  ) {
    await this.groups.change(id, readGroupPatch(readPatch(body)));
    return this.groups.get(id, new Attributes(query));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Delete a group; its people stay' })
  @RequirePermission('directory:write')
  @ApiScimNothing()
  async remove(@IdParam() id: string) {
    await this.groups.remove(id);
  }
}

function asChange({ members, ...fields }: WholeGroup) {
  return { ...fields, members: () => new Set(members) };
}
