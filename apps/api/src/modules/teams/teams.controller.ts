import { Body, Controller, Delete, Get, Patch, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { etagOf, type SeenVersion } from '#core/context/version.js';
import { ApiData, ApiMessage, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { IfMatch } from '#core/http/if-match.js';
import { DataResponse, MessageResponse, PaginatedResponse } from '#core/http/responses.js';
import { CurrentPrincipal, RequirePermission } from '#core/tenancy/access.decorators.js';
import type { Principal } from '#core/tenancy/principal.js';
import { ChangeTeamDto, CreateTeamDto, TeamDto } from './dto/team.dto.js';
import { TeamSettings } from './team-settings.service.js';

@ApiTags('Teams')
@Controller('api/v1')
export class TeamsController {
  constructor(private readonly teams: TeamSettings) {}

  @Get('teams')
  @ApiOperation({ summary: 'All teams by name, the archived ones last' })
  @RequirePermission('tickets:read')
  @ApiPage(TeamDto)
  async list() {
    return new PaginatedResponse(await this.teams.list());
  }

  @Get('me/teams')
  @ApiOperation({ summary: 'The teams that the caller is in' })
  @RequirePermission('tickets:read')
  @ApiPage(TeamDto)
  async mine(@CurrentPrincipal() { actor }: Principal) {
    return new PaginatedResponse(await this.teams.list(actor.id));
  }

  @Post('teams')
  @ApiOperation({ summary: 'Make a team' })
  @RequirePermission('desk:write')
  @ApiData(TeamDto, 201)
  async create(@Body() team: CreateTeamDto) {
    return tagged(await this.teams.create(team));
  }

  @Get('teams/:id')
  @ApiOperation({ summary: 'One team' })
  @RequirePermission('tickets:read')
  @ApiData(TeamDto)
  async get(@IdParam() id: string) {
    return tagged(await this.teams.get(id));
  }

  @Patch('teams/:id')
  @ApiOperation({ summary: 'Rename a team, describe it, make it the default' })
  @RequirePermission('desk:write')
  @ApiData(TeamDto)
  async change(@IdParam() id: string, @Body() change: ChangeTeamDto, @IfMatch() seen: SeenVersion) {
    return tagged(await this.teams.change(id, change, seen));
  }

  @Delete('teams/:id')
  @ApiOperation({ summary: 'Archive a team; its tickets keep it' })
  @RequirePermission('desk:write')
  @ApiMessage()
  async archive(@IdParam() id: string) {
    await this.teams.archive(id);
    return new MessageResponse('Archived.');
  }
}

function tagged(team: TeamDto): DataResponse<TeamDto> {
  return new DataResponse(team, etagOf(team.version));
}
