import { Controller, Delete, Get, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiMessage, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { PageQuery } from '#core/http/page.query.js';
import { MessageResponse, PaginatedResponse } from '#core/http/responses.js';
import { RequirePermission } from '#core/tenancy/access.decorators.js';
import { TeamMemberDto } from './dto/team.dto.js';
import { TeamMembers } from './team-members.service.js';

@ApiTags('Teams')
@Controller('api/v1/teams/:id/members')
export class TeamMembersController {
  constructor(private readonly members: TeamMembers) {}

  @Get()
  @ApiOperation({ summary: 'The members of a team, the last who came first' })
  @RequirePermission('tickets:read')
  @ApiPage(TeamMemberDto)
  async list(@IdParam() id: string, @Query() page: PageQuery) {
    return new PaginatedResponse(await this.members.list(id, page.toRequest()));
  }

  @Put(':userId')
  @ApiOperation({ summary: 'Add a person to a team' })
  @RequirePermission('desk:write')
  @ApiMessage()
  async add(@IdParam() id: string, @IdParam('userId') userId: string) {
    await this.members.add(id, userId);
    return new MessageResponse('Added.');
  }

  @Delete(':userId')
  @ApiOperation({ summary: 'Take a person out of a team' })
  @RequirePermission('desk:write')
  @ApiMessage()
  async remove(@IdParam() id: string, @IdParam('userId') userId: string) {
    await this.members.remove(id, userId);
    return new MessageResponse('Removed.');
  }
}
