import { Body, Controller, Delete, Get, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { IdParam } from '#core/http/id.pipe.js';
import { RequirePermission } from '#core/tenancy/access.decorators.js';
import { ScimBase } from './scim-base.service.js';
import { ApiScim, ApiScimNothing } from './scim-http.js';
import { Attributes, readListRequest, type Query as Parameters } from './scim-list.js';
import { readPatch } from './scim-patch.js';
import { ScimUserDirectory } from './scim-user-directory.service.js';
import { readAddress, readUser, readUserPatch } from './scim-user-input.js';
import { ScimUsers } from './scim-users.service.js';

@ApiTags('SCIM')
@Controller('api/v1/scim/v2/Users')
@NotReplayed(
  'a userName is there once: the second time is refused with `uniqueness` (RFC 7644, 3.3)',
)
export class ScimUsersController {
  constructor(
    private readonly users: ScimUsers,
    private readonly directory: ScimUserDirectory,
    private readonly base: ScimBase,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The people whom the directory brought; filter, startIndex, count' })
  @RequirePermission('directory:write')
  @ApiScim()
  list(@Query() query: Parameters) {
    return this.directory.list(readListRequest(query), new Attributes(query));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One of them' })
  @RequirePermission('directory:write')
  @ApiScim()
  get(@IdParam() id: string, @Query() query: Parameters) {
    return this.directory.get(id, new Attributes(query));
  }

  @Post()
  @ApiOperation({ summary: 'Bring a person, as a viewer' })
  @RequirePermission('directory:write')
  @ApiScim(201)
  async create(
    @Body() body: Record<string, unknown>,
    @Query() query: Parameters,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const user = readUser(body);
    const id = await this.users.create(user, readAddress(body, user.userName));
    reply.header('location', `${this.base.url}/Users/${id}`);
    return this.directory.get(id, new Attributes(query));
  }

  @Put(':id')
  @ApiOperation({ summary: 'Write a person anew; their address stays' })
  @RequirePermission('directory:write')
  @ApiScim()
  async replace(
    @IdParam() id: string,
    @Body() body: Record<string, unknown>,
    @Query() query: Parameters,
  ) {
    await this.users.change(id, readUser(body));
    return this.directory.get(id, new Attributes(query));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a person; active false shuts them out at once' })
  @RequirePermission('directory:write')
  @ApiScim()
  async change(
    @IdParam() id: string,
    @Body() body: Record<string, unknown>,
    @Query() query: Parameters,
  ) {
    await this.users.change(id, readUserPatch(readPatch(body)));
    return this.directory.get(id, new Attributes(query));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Take a person out of the directory, and shut them out' })
  @RequirePermission('directory:write')
  @ApiScimNothing()
  async remove(@IdParam() id: string) {
    await this.users.remove(id);
  }
}
